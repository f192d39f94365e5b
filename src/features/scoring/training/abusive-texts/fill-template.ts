import { FILLERS } from './fillers.js';

/** Fills a template's slots with words drawn at random. Inline choices are written `[a|b]`. */
export function fillTemplate(template: string, random: () => number): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)];
  const filled = template
    .replace(/\[([^\]]*)\]/g, (_, choices: string) => pick(choices.split('|')))
    .replace(/\{(\w+)\}/g, (_, slot: string) => fillSlot(slot, pick));
  return filled.charAt(0) === filled.charAt(0).toLowerCase() && random() < 0.6
    ? filled.charAt(0).toUpperCase() + filled.slice(1)
    : filled;
}

/** A filler may contain slots. */
function fillSlot(slot: string, pick: (words: readonly string[]) => string): string {
  const words = FILLERS[slot];
  if (!words) throw new Error(`a template names an unknown slot: ${slot}`);
  return pick(words).replace(/\{(\w+)\}/g, (_, inner: string) => fillSlot(inner, pick));
}
