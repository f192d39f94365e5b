import { DEFAULT_REASON_TEXTS } from './default-reason-texts.js';
import { DEFAULT_REASONS, type Reason } from './default-reasons.js';

const DEFAULTS: ReadonlyMap<string, string> = new Map(DEFAULT_REASONS.map(({ code, text }) => [code, text]));

/**
 * A reason's texts besides the one for all other languages: the site's own, and where its general text still is the
 * built-in one, also the built-in ones.
 *
 * @returns by ISO 639-1
 */
export function textsOf({ code, text, texts }: Reason): Record<string, string> {
  // A site that wrote other words, perhaps in the only language of its readers, means these words for all of them.
  return { ...(DEFAULTS.get(code) === text ? DEFAULT_REASON_TEXTS[code] : {}), ...texts };
}

/**
 * What an author reads as the reason of a refusal.
 *
 * @param code of one of the site's reasons
 * @param language ISO 639-1; null: nobody said
 * @returns null where the site has no such reason (any more)
 */
export function reasonTextFor(
  reasons: readonly Reason[],
  code: string,
  language: string | null,
): string | null {
  const reason = reasons.find((each) => each.code === code);
  if (!reason) return null;
  return (language === null ? undefined : textsOf(reason)[language]) ?? reason.text;
}

/** The default reasons with all their texts, for whoever edits them. */
export const defaultReasonsWithTexts = (): Required<Reason>[] =>
  DEFAULT_REASONS.map((reason) => ({ ...reason, texts: textsOf(reason) }));
