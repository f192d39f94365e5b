/** The word without repeated letters: `idioooot` becomes `idiot`. */
export const squeeze = (word: string): string => word.replace(/(.)\1+/gu, '$1');

/** What remains visible of a masked word: its first letter and its length. */
export const shapeOf = (word: string): string => `${word.charAt(0)}${word.length}`;

/** How often each letter of the squeezed word is repeated: `boo` is 1, 2. */
export function runsOf(word: string): number[] {
  const runs: number[] = [];
  let previous = '';
  for (const char of word) {
    if (char === previous) runs[runs.length - 1]++;
    else runs.push(1);
    previous = char;
  }
  return runs;
}

/** Adds a value to the list under a key. */
export function appendTo<T>(table: Map<string, T[]>, key: string, value: T): void {
  const list = table.get(key);
  if (list) list.push(value);
  else table.set(key, [value]);
}
