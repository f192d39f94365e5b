/** A name that is being typed: where its `@` stands (UTF-16) and what is there of it. */
export interface PartialMention {
  from: number;
  start: string;
}

/** @param at the cursor's place in the text, in UTF-16 units */
export function mentionAt(text: string, at: number): PartialMention | null {
  // A name has up to three words; longer ones are found by their beginning.
  const found = /(?<![\p{L}\p{N}_])@((?:[^\s@]+ ?){0,3})$/u.exec(text.slice(0, at));
  return found && found[1].length <= 60 ? { from: found.index, start: found[1] } : null;
}

/** The text with the whole name, and the cursor behind it. */
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
