/** Further words are ignored. */
const MAX_WORDS = 12;

/**
 * Turns a reader's input into a PostgreSQL tsquery for the configuration `simple`. All words must match, each as a
 * whole word or as a prefix.
 *
 * @returns '' if the input contains no words
 */
export function toTsQuery(input: string): string {
  const words =
    input
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return words
    .slice(0, MAX_WORDS)
    .map((word) => `'${word}':*`)
    .join(' & ');
}
