/** A mention being typed: the offset of its `@` (UTF-16), and the text typed so far. */
export interface PartialMention {
  from: number;
  start: string;
}

/** @param at the cursor's offset in the text, in UTF-16 units */
export function mentionAt(text: string, at: number): PartialMention | null {
  // Matches up to three words. Longer names are found by their beginning.
  const found = /(?<![\p{L}\p{N}_])@((?:[^\s@]+ ?){0,3})$/u.exec(text.slice(0, at));
  return found && found[1].length <= 60 ? { from: found.index, start: found[1] } : null;
}

/** Inserts the full name. Returns the text and the cursor position after the name. */
export function completeMention(
  text: string,
  at: number,
  { from }: PartialMention,
  name: string,
): { text: string; at: number } {
  const rest = text.slice(at);
  const gap = /^[\s.,;:!?)]/.test(rest) ? '' : ' ';
  return { text: `${text.slice(0, from)}@${name}${gap}${rest}`, at: from + 1 + name.length + gap.length };
}
