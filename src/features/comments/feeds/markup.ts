const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
// What XML 1.0 has no place for, not even escaped (section 2.2), lone surrogates among it.
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text that may stand in an element or a quoted attribute, of HTML and of XML. */
export const escapeText = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** The address of a comment on its story's page; the element shows its conversation there. */
export function addressOf(storyUrl: string, commentId: string): string {
  const url = new URL(storyUrl);
  url.hash = `postbag-${commentId}`;
  return url.href;
}
