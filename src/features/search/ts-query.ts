/** More of them find no more. */
const MAX_WORDS = 12;

/**
 * What a reader typed, as a PostgreSQL tsquery of the configuration `simple`: every word, each also as the beginning of
 * a longer one.
 *
 * @returns '' when there is no word in it
 */
export function toTsQuery(typed: string): string {
  const words =
    typed
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return words
    .slice(0, MAX_WORDS)
    .map((word) => `'${word}':*`)
    .join(' & ');
}
