/** A mention being typed: the offset of its `@` (UTF-16), and the start of the name, as typed so far. */
export interface PartialMention {
  from: number;
  start: string;
}

/**
 * @param cursor its offset in the text, in UTF-16 units
 * @returns the mention that the cursor is in; null if there is none
 */
export function mentionAt(text: string, cursor: number): PartialMention | null {
  // Matches up to three words. Longer names are found by their beginning.
  const match = /(?<![\p{L}\p{N}_])@((?:[^\s@]+ ?){0,3})$/u.exec(text.slice(0, cursor));
  return match && match[1].length <= 60 ? { from: match.index, start: match[1] } : null;
}

/** Inserts the full name. Returns the text, and in `at` the cursor position after the name. */
export function completeMention(
  text: string,
  cursor: number,
  { from }: PartialMention,
  name: string,
): { text: string; at: number } {
  const rest = text.slice(cursor);
  const gap = /^[\s.,;:!?)]/.test(rest) ? '' : ' ';
  return { text: `${text.slice(0, from)}@${name}${gap}${rest}`, at: from + 1 + name.length + gap.length };
}
