import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Text } from '../../platform/http/fields.js';
import { rateLimited } from '../../platform/http/problem.js';
import { Limits } from '../../platform/limits/limits.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { activeThresholds, type Policy } from '../sites/policy.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { detect } from './language/detect-language.js';
import { personalData } from './phases/personal-data.js';
import { corroboratedSpam } from './phases/spam-signals.js';
import type { Label, ScoreMap } from './scores.js';
import { TextScorer } from './text-scorer.js';

// Enough for a reader who thinks while writing, too few to search for words that just pass.
const PER_MINUTE = 8;
const PER_DAY = 100;

export class PreSubmitCheckRequest {
  @Text({ max: 20_000, description: 'The text as it would be posted.' }) body: string;
}

export class PreSubmitCheckAnswer {
  @Answer({ type: 'boolean' }, { description: 'Does not reveal the reason or the scores.' })
  mayBeHeld: boolean;
}

/**
 * Tells a reader before posting whether a text will probably be held for a moderator. Coarse on purpose: one bit,
 * based on the text's own scores alone, a few times a minute. Sites can switch it off.
 */
@ApiTags('readers')
@Controller('api/v1/sites/:site/pre-submit-check')
export class PreSubmitCheckController {
  constructor(
    private readonly scorer: TextScorer,
    private readonly limits: Limits,
  ) {}

  @Post()
  @HttpCode(200)
  @ReaderRoute({ site: 'path', token: 'required', store: false })
  @ApiOperation({ summary: 'Check whether a text will probably be held for a moderator; nothing is stored' })
  @ApiOkResponse({ type: PreSubmitCheckAnswer })
  async run(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() { policy }: SiteFacts,
    @CurrentReader() reader: SignedInReader,
    @Body() { body }: PreSubmitCheckRequest,
  ): Promise<PreSubmitCheckAnswer> {
    if (!policy.noticeBeforeSending) return { mayBeHeld: false };
    await this.count(`pre-submit-check:${ctx.siteId}:${reader.key}`, PER_MINUTE, 60_000);
    await this.count(`pre-submit-checks:${ctx.siteId}:${reader.key}`, PER_DAY, 86_400_000);
    if (policy.moderation.mode === 'hold-all') return { mayBeHeld: true };
    const scores = await this.textScores(body, ctx, policy.moderation);
    const thresholds = Object.entries(activeThresholds(policy)) as [Label, { hold: number }][];
    return { mayBeHeld: thresholds.some(([label, { hold }]) => (scores[label]?.value ?? 0) >= hold) };
  }

  private async textScores(
    body: string,
    ctx: SiteContext,
    { links, languages }: Pick<Policy['moderation'], 'links' | 'languages'>,
  ): Promise<ScoreMap> {
    const detected = detect(body, languages);
    const { scores: modelScores } = await this.scorer.scoreInOwnLanguage(detected, body, ctx.siteId, null);
    const scores: ScoreMap = { ...modelScores, ...personalData({ body, settings: { links } }) };
    return { ...scores, spam: corroboratedSpam({ body, links, isNew: false }, scores) };
  }

  private async count(key: string, max: number, windowMs: number): Promise<void> {
    const verdict = await this.limits.hit(key, max, windowMs);
    if (!verdict.allowed) throw rateLimited(verdict.retryAfterMs / 1000);
  }
}
