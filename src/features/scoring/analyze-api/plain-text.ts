// The length of an HTML comment is bounded so that searching for a missing end takes limited time.
const TAG = /<(?:!--[^]{0,2000}?--|\/?[a-zA-Z][^<>]*)>/g;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g;
const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
/** Inline tags that can occur within a word without splitting it. */
const INLINE = /^<\/?(?:a|abbr|b|code|del|em|font|i|ins|mark|s|small|span|strong|sub|sup|u)\b/i;
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Returns the visible text of HTML at its offsets in the source, so that offsets into one are valid in the other.
 * Invisible parts become zero-width characters, or a space at a word boundary.
 */
export function plainText(html: string): string {
  return html
    .replace(TAG, (tag) => (INLINE.test(tag) ? '' : ' ').padEnd(tag.length, ZERO_WIDTH_SPACE))
    .replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
      const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      const shown = name ? NAMED_ENTITIES[name] : isCharacter ? String.fromCodePoint(code) : ' ';
      return shown.padEnd(entity.length, ZERO_WIDTH_SPACE);
    });
}
