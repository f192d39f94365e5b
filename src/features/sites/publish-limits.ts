import { conflict } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { PublishLimit } from './language-levels.js';
import type { ModerationPolicy, PartialPolicy } from './policy.js';

/** What a site's decisions in one language show about its model. */
export interface PublishMeasurement {
  /** ISO 639-1, one of `ASSISTED_LANGUAGES`. */
  readonly language: string;
  /** The version of the language's model. */
  readonly model: string;
  /** Comments in the language that people decided about and that were measured. */
  readonly decisions: number;
  /** How many are needed at least. */
  readonly decisionsNeeded: number;
  /** Null: at no limit would few enough comments be published by mistake. */
  readonly limit: PublishLimit | null;
  /** The share of these comments below the limit, 0 to 1; without a limit, below the one that comes closest. */
  readonly share: number;
  /** The share of those that people refused, and the upper bound of its 95 % interval. */
  readonly wrong: number;
  readonly wrongAtMost: number;
  /** The largest `wrongAtMost` that is accepted. */
  readonly wrongAllowed: number;
}

/** Measures the limits of languages on a site. Sites must not depend on scoring, so moderation provides this. */
export abstract class PublishLimits {
  abstract measure(ctx: SiteContext, language: string): Promise<PublishMeasurement>;

  /** The version of the shipped model of a language. */
  abstract modelVersion(language: string): string;

  /**
   * Completes a change of a policy with the limits of the languages that it lets the model publish. A limit that the
   * site has already is kept, unless the model was updated since.
   *
   * @returns the patch; what it says about `publishBelow` is replaced
   * @throws Problem 409 `too-few-decisions` or `too-many-wrong` if the site's decisions do not allow it
   */
  async complete<P extends PartialPolicy>(
    ctx: SiteContext,
    { languageModels, publishBelow }: ModerationPolicy,
    patch: P,
  ): Promise<P> {
    if (!patch.moderation) return patch;
    const { publishBelow: _, ...moderation } = patch.moderation;
    // Null resets all languages, and so their limits.
    if (moderation.languageModels === null)
      return { ...patch, moderation: { ...moderation, publishBelow: null } };
    const limits: Record<string, PublishLimit | null> = {};
    for (const [language, use] of Object.entries(moderation.languageModels ?? {})) {
      const current = languageModels[language] === 'publish' ? publishBelow[language] : undefined;
      if (use === 'publish')
        limits[language] =
          current?.model === this.modelVersion(language)
            ? current
            : requireLimit(await this.measure(ctx, language));
      else if (current) limits[language] = null;
    }
    const isEmpty = Object.keys(limits).length === 0;
    return { ...patch, moderation: { ...moderation, ...(isEmpty ? {} : { publishBelow: limits }) } };
  }
}

const LANGUAGE_NAMES = new Intl.DisplayNames(['en'], { type: 'language' });

function requireLimit(measured: PublishMeasurement): PublishLimit {
  if (measured.limit) return measured.limit;
  const { language, decisions, decisionsNeeded, wrong, wrongAtMost, wrongAllowed } = measured;
  const name = LANGUAGE_NAMES.of(language) ?? language;
  if (decisions < decisionsNeeded)
    throw conflict(
      'too-few-decisions',
      `The model cannot publish comments in ${name} yet: moderators have decided about ${decisions} of the ${decisionsNeeded} that are needed to measure it. Keep it on "assist" until then.`,
      { language, decisions, decisionsNeeded },
    );
  throw conflict(
    'too-many-wrong',
    `The model cannot publish comments in ${name}: even of those with the lowest scores, moderators refused ${percent(wrong)}, and with 95 % confidence up to ${percentUp(wrongAtMost)} would be wrong; ${percent(wrongAllowed)} is allowed. Keep it on "assist"; more decisions make the measurement more precise.`,
    { language, decisions, decisionsNeeded, wrong, wrongAtMost, wrongAllowed },
  );
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
/** Rounded up, so that a share above the allowed one does not look equal to it. */
const percentUp = (share: number): string => `${Math.ceil(share * 1000) / 10} %`;
