/** The word without letters said twice: `idioooot` and `idiot` are one. */
export const squeeze = (word: string): string => word.replace(/(.)\1+/gu, '$1');

/** What a word shows where its letters are masked: the first of them, and how many there are. */
export const shapeOf = (word: string): string => `${word.charAt(0)}${word.length}`;

/** How often each letter of the squeezed word stands in a row: `boo` is 1, 2. */
export function runsOf(word: string): number[] {
  const runs: number[] = [];
  let before = '';
  for (const char of word) {
    if (char === before) runs[runs.length - 1]++;
    else runs.push(1);
    before = char;
  }
  return runs;
}

/** Adds to the values that stand under a key already. */
export function fileUnder<T>(table: Map<string, T[]>, key: string, value: T): void {
  const filed = table.get(key);
  if (filed) filed.push(value);
  else table.set(key, [value]);
}
