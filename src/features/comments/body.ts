import { countChars, isBlank, visibleText } from '../../platform/visible-text.js';

/** The largest size of a stored body, in bytes of UTF-8. No site policy can raise it. */
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
 * Normalises a text to the form in which comments are stored: composes Unicode, removes invisible and control
 * characters (see `visibleText`) and trailing spaces on each line, and limits consecutive blank lines to two.
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

/**
 * Returns a comment's text as it will be stored (see `tidyBody`), or the reason why it is refused. Line breaks count
 * as characters.
 */
export function checkBody(raw: string, { minChars, maxChars }: BodyLimits): BodyCheck {
  // Check the size first, because normalising a megabyte of combining marks is expensive.
  if (Buffer.byteLength(raw) > MAX_BODY_BYTES) return tooLarge;
  const body = tidyBody(raw);
  if (isBlank(body)) return { ok: false, code: 'empty', message: 'Write something before you post.' };
  // Some characters grow when composed (UAX 15: at most threefold).
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) return tooLarge;
  const chars = countChars(body);
  if (chars < minChars) {
    return {
      ok: false,
      code: 'too-short',
      message: `A comment here needs at least ${count(minChars)}; this one has ${chars}.`,
    };
  }
  if (chars > maxChars) {
    return {
      ok: false,
      code: 'too-long',
      message: `A comment here may have at most ${count(maxChars)}; this one has ${chars}.`,
    };
  }
  return { ok: true, body, chars };
}

const tooLarge: BodyCheck = {
  ok: false,
  code: 'too-large',
  message: `The comment is too large. The limit is ${MAX_BODY_BYTES} bytes.`,
};

const count = (chars: number): string => `${chars} ${chars === 1 ? 'character' : 'characters'}`;
