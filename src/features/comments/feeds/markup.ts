const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
// Characters that XML 1.0 does not allow even when escaped (section 2.2), including lone surrogates.
const INVALID_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Escapes text for use in an element or a quoted attribute, in HTML and XML. */
export const escapeText = (text: string): string =>
  text.replace(INVALID_IN_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** Returns the URL of a comment on its story's page, where the element shows its conversation. */
export function commentUrl(storyUrl: string, commentId: string): string {
  const url = new URL(storyUrl);
  url.hash = `postbag-${commentId}`;
  return url.href;
}
