import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import { ShowsSecrets } from '../../platform/http/idempotency.interceptor.js';
import { invalid } from '../../platform/http/problem.js';
import { parseAs } from '../../platform/http/validation.pipe.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { RequiresConfirmation, PublisherScope } from './publisher.guard.js';
import type { SiteFacts } from './site-facts.js';
import { CurrentSite, CurrentSiteContext } from './site.decorators.js';
import { SsoAnswer, SsoDto, SsoRotation, SsoSecretAnswer, SsoSecretState } from './sso.dto.js';
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
  constructor(
    private readonly sso: SsoService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Get how reader tokens are signed' })
  @ApiOkResponse({ type: SsoAnswer })
  read(@CurrentSite() site: SiteFacts): SsoAnswer {
    return answerOf(site);
  }

  @Put()
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Set how reader tokens are signed' })
  @ApiOkResponse({ type: SsoAnswer })
  replace(@CurrentSiteContext() ctx: SiteContext, @Body() sso: SsoDto): Promise<SsoDto> {
    return this.sso.replace(ctx, sso);
  }

  @Get('secret')
  @ApiOperation({ summary: 'Get whether the previous SSO secret is still valid' })
  @ApiOkResponse({ type: SsoSecretState })
  readSecret(@CurrentSite() { sso }: SiteFacts): SsoSecretState {
    const now = this.clock.now();
    const previous = sso.secrets.find(({ until }) => until !== null && until > now);
    return { previousValidUntil: previous?.until?.toISOString() ?? null };
  }

  @Delete('secret/previous')
  @RequiresConfirmation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Invalidate the previous SSO secret now' })
  @ApiNoContentResponse({ description: 'Only the current secret is valid now.' })
  retire(@CurrentSiteContext() ctx: SiteContext): Promise<void> {
    return this.sso.retirePrevious(ctx);
  }

  @Post('secret')
  @ShowsSecrets('ssoSecret')
  @RequiresConfirmation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Create a new SSO secret' })
  @ApiOkResponse({ type: SsoSecretAnswer })
  @ApiBody({ type: SsoRotation, required: false })
  async rotate(@CurrentSiteContext() ctx: SiteContext, @Body() body: unknown): Promise<SsoSecretAnswer> {
    // Most callers send no body.
    const rotation = await parseAs(SsoRotation, body ?? {});
    if (!rotation.ok) throw invalid(rotation.errors);
    const { ssoSecret, previousValidUntil } = await this.sso.rotate(ctx, rotation.value.overlapSeconds);
    return { ssoSecret, previousValidUntil: previousValidUntil?.toISOString() ?? null };
  }
}
