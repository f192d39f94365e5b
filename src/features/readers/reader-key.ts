import { invalid } from '../../platform/http/problem.js';

export const MAX_READER_KEY_CHARS = 255;

/** The `readerKey` under which a publication itself writes; no token signs anybody in by it. */
export const PUBLICATION_KEY = 'postbag:publication';

/** Whether text can be a token's `sub`: storable byte by byte, since what UTF-8 or PostgreSQL would change is no id. */
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
