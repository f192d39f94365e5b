import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublishLimits, type PublishMeasurement } from '../../sites/publish-limits.js';
import { MAX_WRONG, type JudgedText } from '../site-model/automatic-share.js';
import { HumanDecisions } from '../site-model/human-decisions.js';
import { pause } from '../site-model/site-corpus.js';
import { languageModel } from './language-model.js';
import { languageToxicity } from './language-toxicity.js';
import { measurePublishLimit, MIN_DECISIONS } from './publish-limit.js';

/** The latest ones: scoring them takes about half a second. */
const MAX_MEASURED = 2_000;
const TEXTS_PER_YIELD = 50;

/** Measures what the model of a language could publish, on the site's own decisions in that language. */
@Injectable()
export class PublishLimitsService extends PublishLimits {
  constructor(
    private readonly database: Database,
    private readonly decisions: HumanDecisions,
  ) {
    super();
  }

  override modelVersion(language: string): string {
    return languageModel(language).header.version;
  }

  override async measure(ctx: SiteContext, language: string): Promise<PublishMeasurement> {
    const decided = await this.database.inSite(ctx, (tx) => {
      tx.allowLongStatements();
      return this.decisions.latestIn(tx, ctx, language, MAX_MEASURED);
    });
    const judged: JudgedText[] = [];
    for (const [index, { text, refused }] of decided.entries()) {
      if (index % TEXTS_PER_YIELD === TEXTS_PER_YIELD - 1) await pause();
      const { value } = languageToxicity(language, text)!;
      judged.push({ probability: value, isRefused: refused, weight: 1 });
    }
    const model = this.modelVersion(language);
    const { below, share, wrong, wrongAtMost } = measurePublishLimit(judged);
    return {
      language,
      model,
      decisions: judged.length,
      decisionsNeeded: MIN_DECISIONS,
      limit: below === null ? null : { toxicity: below, model },
      share,
      wrong,
      wrongAtMost,
      wrongAllowed: MAX_WRONG,
    };
  }
}
