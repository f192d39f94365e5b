import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ReaderDirectory } from '../../readers/reader-directory.js';
import { TokenCheck } from '../../readers/token-check.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { GateService } from '../gate.service.js';
import { TokenCheckAnswer, TokenCheckRequest } from './tokens.dto.js';

/** Diagnoses reader tokens for the publishers who issue them. */
@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/tokens')
export class TokensController {
  constructor(
    private readonly tokens: TokenCheck,
    private readonly readers: ReaderDirectory,
    private readonly gates: GateService,
  ) {}

  @Post('check')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check a reader token and list its problems',
    description:
      'Returns every problem of the token, each with its reason and how to fix it. Nothing is stored. If the site’s keys are fetched from a `jwksUrl`, an unknown `kid` makes Postbag fetch them again at once.',
  })
  @ApiOkResponse({ type: TokenCheckAnswer })
  async check(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() { token }: TokenCheckRequest,
  ): Promise<TokenCheckAnswer> {
    const { claims, problems } = await this.tokens.examine(token, site);
    if (!claims) return { valid: false, problems };
    const reader = await this.readers.find(site, claims);
    const { tier } = await this.gates.forReader(ctx, reader, null);
    return {
      valid: true,
      reader: { key: claims.key, name: reader.name, picture: claims.picture, email: claims.email },
      tier: tier && { key: tier.key, name: tier.name },
      problems,
    };
  }
}
