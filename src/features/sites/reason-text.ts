import { DEFAULT_REASON_TEXTS } from './default-reason-texts.js';
import { DEFAULT_REASONS, type Reason } from './default-reasons.js';

const DEFAULT_TEXT_BY_CODE: ReadonlyMap<string, string> = new Map(
  DEFAULT_REASONS.map(({ code, text }) => [code, text]),
);

/**
 * A reason's texts in specific languages: the site's own, and the built-in ones if the site still uses the built-in
 * general text.
 *
 * @returns texts by ISO 639-1 code
 */
export function textsOf({ code, text, texts }: Reason): Record<string, string> {
  // If the site wrote its own general text, it applies to all languages that the site did not translate.
  return { ...(DEFAULT_TEXT_BY_CODE.get(code) === text ? DEFAULT_REASON_TEXTS[code] : {}), ...texts };
}

/**
 * The text shown to an author as the reason for a rejection.
 *
 * @param code of one of the site's reasons
 * @param language ISO 639-1; null: not known
 * @returns null if the site does not have such a reason (any more)
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

/** The default reasons with all their texts, for editing. */
export const defaultReasonsWithTexts = (): Required<Reason>[] =>
  DEFAULT_REASONS.map((reason) => ({ ...reason, texts: textsOf(reason) }));
