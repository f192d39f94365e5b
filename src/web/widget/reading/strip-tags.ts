/**
 * Removes the tags from a comment's HTML and returns its text, still escaped as HTML.
 *
 * @param html the server's HTML, which has no `>` inside a tag
 */
export const stripTags = (html: string | null, maxChars?: number): { __html: string } => ({
  __html: (html ?? '').replace(/<[^>]*>/g, '').slice(0, maxChars),
});
