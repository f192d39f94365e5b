/**
 * The words of a comment's markup without the tags, as markup again.
 *
 * @param html as the server made it: no `>` stands inside a tag
 */
export const stripTags = (html: string | null, mostChars?: number): { __html: string } => ({
  __html: (html ?? '').replace(/<[^>]*>/g, '').slice(0, mostChars),
});
