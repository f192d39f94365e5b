import { invalid } from '../../platform/http/problem.js';

export const MAX_READER_KEY_CHARS = 255;

/** The `readerKey` of the publication's own account. No token can sign in with it. */
export const PUBLICATION_KEY = 'postbag:publication';

/**
 * Whether the value can be a token's `sub`. Text that cannot be stored unchanged as UTF-8 in PostgreSQL is not a valid
 * key.
 */
export function isReaderKey(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    text !== '' &&
    text.isWellFormed() &&
    !text.includes('\0') &&
    [...text].length <= MAX_READER_KEY_CHARS
  );
}

/** @throws Problem 400 */
export function checkReaderKey(text: string): void {
  if (isReaderKey(text)) return;
  throw invalid([
    {
      pointer: '/path/readerKey',
      code: 'bad-reader-key',
      message: `A reader key has 1 to ${MAX_READER_KEY_CHARS} characters, none of them NUL.`,
    },
  ]);
}
