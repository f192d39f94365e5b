import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock.js';
import { invalid, notFound, Problem } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { ReaderClaims } from '../../readers/reader-claims.js';
import { ReaderDirectory } from '../../readers/reader-directory.js';
import { checkReaderKey } from '../../readers/reader-key.js';
import { TokenCheck } from '../../readers/token-check.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { StoryRegistry } from '../../stories/story-registry.js';
import { toPlainGateInputs } from '../gate-inputs.js';
import { GateService } from '../gate.service.js';
import { ExplanationAnswer, ExplanationRequest } from './explanations.dto.js';
import { explainGate } from './gate-reasons.js';

/** Explains to a publisher why the gate allows or refuses each action. */
@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/gate')
export class ExplanationsController {
  constructor(
    private readonly gates: GateService,
    private readonly readers: ReaderDirectory,
    private readonly tokens: TokenCheck,
    private readonly stories: StoryRegistry,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Get what a reader may do now, and why',
    description:
      'Nothing is stored or counted. Without `readerKey` and `token`, returns the gate for signed-out readers.',
  })
  @ApiOkResponse({ type: ExplanationAnswer })
  async explain(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() { readerKey, token, storyKey }: ExplanationRequest,
  ): Promise<ExplanationAnswer> {
    if (readerKey !== undefined && token !== undefined) {
      const message = 'The token already identifies the reader. Send either readerKey or token.';
      throw invalid([{ pointer: '/readerKey', code: 'one-of-two', message }]);
    }
    const story = storyKey === undefined ? null : await this.stories.find(ctx, storyKey);
    if (storyKey !== undefined && !story) throw notFound('This story');
    const claims = await this.claimsOf(site, readerKey, token);
    const reader = claims && (await this.readers.find(site, claims));
    const { gate, tier, inputs } = await this.gates.forReader(ctx, reader, story);
    return {
      gate,
      tier: tier && { key: tier.key, name: tier.name },
      reasons: explainGate(inputs, gate) as unknown as ExplanationAnswer['reasons'],
      inputs: toPlainGateInputs(inputs),
    };
  }

  private async claimsOf(
    site: SiteFacts,
    readerKey: string | undefined,
    token: string | undefined,
  ): Promise<ReaderClaims | null> {
    if (token !== undefined) return this.parseToken(token, site);
    if (readerKey === undefined) return null;
    checkReaderKey(readerKey);
    const noClaims = { tiers: [], tierValidUntil: null, picture: null, email: null, issuedAt: null };
    return { key: readerKey, name: readerKey, expiresAt: this.clock.now(), ...noClaims };
  }

  /** @throws Problem 400 instead of 401, because the token is input here and not the caller's credential */
  private async parseToken(token: string, site: SiteFacts): Promise<ReaderClaims> {
    try {
      return await this.tokens.check(token, site);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const message = 'The token is not a valid reader token of this site.';
      throw invalid([{ pointer: '/token', code: 'bad-token', message }]);
    }
  }
}
