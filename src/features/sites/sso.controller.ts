import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { invalid } from '../../platform/http/problem.js';
import { parseAs } from '../../platform/http/validation.pipe.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { Confirmed, PublisherScope } from './publisher.guard.js';
import type { SiteFacts } from './site-facts.js';
import { Facts, Site } from './site.params.js';
import { SsoAnswer, SsoDto, SsoRotation, SsoSecretAnswer } from './sso.dto.js';
import { SsoService } from './sso.service.js';

const answerOf = ({ sso }: SiteFacts): SsoAnswer => ({
  family: sso.family,
  issuer: sso.issuer,
  jwksUrl: sso.jwksUrl,
  jwks: sso.jwks as SsoAnswer['jwks'],
});

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/sso')
export class SsoController {
  constructor(private readonly sso: SsoService) {}

  @Get()
  @ApiOperation({ summary: 'What signs reader tokens' })
  @ApiOkResponse({ type: SsoAnswer })
  read(@Facts() site: SiteFacts): SsoAnswer {
    return answerOf(site);
  }

  @Put()
  @Confirmed()
  @ApiOperation({ summary: 'Say what signs reader tokens' })
  @ApiOkResponse({ type: SsoAnswer })
  replace(@Site() ctx: SiteContext, @Body() sso: SsoDto): Promise<SsoDto> {
    return this.sso.replace(ctx, sso);
  }

  @Post('secret')
  @Confirmed()
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new SSO secret' })
  @ApiOkResponse({ type: SsoSecretAnswer })
  @ApiBody({ type: SsoRotation, required: false })
  async rotate(@Site() ctx: SiteContext, @Body() body: unknown): Promise<SsoSecretAnswer> {
    // Most callers send no body at all.
    const rotation = await parseAs(SsoRotation, body ?? {});
    if (!rotation.ok) throw invalid(rotation.errors);
    const { ssoSecret, previousValidUntil } = await this.sso.rotate(ctx, rotation.value.overlapSeconds);
    return { ssoSecret, previousValidUntil: previousValidUntil?.toISOString() ?? null };
  }
}
