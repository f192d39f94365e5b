import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiQuery, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { MeAnswer } from './gate.dto.js';
import { GateService } from './gate.service.js';

@ApiTags('readers')
@Controller('api/v1/me')
export class MeController {
  constructor(private readonly gates: GateService) {}

  @Get()
  @ReaderRoute({ site: 'token', token: 'optional', store: true })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: "Get the reader's profile and gate" })
  @ApiQuery({
    name: 'site',
    required: false,
    description: 'The site, for requests without a token. With a token, its `aud` determines the site.',
  })
  @ApiOkResponse({ type: MeAnswer })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader | null,
  ): Promise<MeAnswer> {
    const { gate, tier } = await this.gates.forReader(ctx, reader, null);
    return {
      reader: reader && { id: reader.id, name: reader.name, picture: reader.picture, role: reader.role },
      tier: tier && { key: tier.key, name: tier.name },
      gate,
    };
  }
}
