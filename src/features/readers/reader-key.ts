import { invalid } from '../../platform/http/problem.js';

export const MAX_READER_KEY_CHARS = 255;

/** The `readerKey` of the publication's own account. No token can sign in with it. */
export const PUBLICATION_KEY = 'postbag:publication';

/**
 * Whether the value can be a token's `sub`. It must be storable byte by byte: text that UTF-8 or PostgreSQL would
 * alter is not a valid id.
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
