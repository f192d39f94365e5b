import { countChars, isBlank, visibleText } from '../../platform/visible-text.js';

/** What no site's policy can raise: the size of a stored body in UTF-8. */
export const MAX_BODY_BYTES = 20_000;

export interface BodyLimits {
  /** In user-perceived characters (extended grapheme clusters), inclusive. */
  readonly minChars: number;
  readonly maxChars: number;
}

export type BodyCheck =
  | { readonly ok: true; readonly body: string; readonly chars: number }
  | {
      readonly ok: false;
      readonly code: 'empty' | 'too-short' | 'too-long' | 'too-large';
      readonly message: string;
    };

/**
 * Text as comments are stored: Unicode is composed, invisible and control characters are removed (see `visibleText`),
 * so are spaces at the ends of lines, and no more than two blank lines follow each other.
 */
export function tidyBody(raw: string): string {
  return visibleText(raw)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

/** A comment's text as it will be stored (`tidyBody`), or why it can't be. Line ends count as characters. */
export function checkBody(raw: string, { minChars, maxChars }: BodyLimits): BodyCheck {
  // Before anything else looks at it: normalising a megabyte of marks is work that nobody should get for free.
  if (Buffer.byteLength(raw) > MAX_BODY_BYTES) return tooLarge;
  const body = tidyBody(raw);
  if (isBlank(body)) return { ok: false, code: 'empty', message: 'Write something before you post.' };
  // Some characters grow when composed (UAX 15, at most threefold).
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) return tooLarge;
  const chars = countChars(body);
  if (chars < minChars) {
    return {
      ok: false,
      code: 'too-short',
      message: `Comments here have at least ${count(minChars)}; this one has ${chars}.`,
    };
  }
  if (chars > maxChars) {
    return {
      ok: false,
      code: 'too-long',
      message: `Comments here have at most ${count(maxChars)}; this one has ${chars}.`,
    };
  }
  return { ok: true, body, chars };
}

const tooLarge: BodyCheck = {
  ok: false,
  code: 'too-large',
  message: `The comment is too large: at most ${MAX_BODY_BYTES} bytes.`,
};

const count = (chars: number): string => `${chars} ${chars === 1 ? 'character' : 'characters'}`;
