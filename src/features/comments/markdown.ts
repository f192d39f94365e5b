import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

/**
 * Maximum nesting depth of quotes; lists can nest half as deep. Deeper ones remain plain text, which is easier to read.
 */
const MAX_DEPTH = 10;
const ALLOWED_LINK = /^(?:https?:\/\/|mailto:)[^\s]/i;

/*
 * The Markdown subset for comments: paragraphs, line breaks, links (including bare ones), block quotes, emphasis,
 * lists. Headings, images, tables, code, entities and HTML are shown as typed.
 */
const markdown = new MarkdownIt('zero', {
  html: false,
  linkify: true,
  breaks: true,
  maxNesting: 3 * MAX_DEPTH,
});
markdown.enable([
  'blockquote',
  'list',
  'emphasis',
  'balance_pairs',
  'link',
  'autolink',
  'linkify',
  'newline',
  'escape',
]);
markdown.linkify
  .set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  .add('ftp:', null)
  .add('//', null);
// Only absolute links to a page or a mailbox become links. A relative path would point into the publisher's own site.
markdown.validateLink = (url) => ALLOWED_LINK.test(url.trim());

// markdown-it drops content that is nested too deeply. This rule turns it into a paragraph.
markdown.block.ruler.before('blockquote', 'too-deep', (state, startLine, endLine, silent) => {
  if (silent || state.level < MAX_DEPTH) return false;
  state.push('paragraph_open', 'p', 1);
  const inline = state.push('inline', '', 0);
  inline.content = state.getLines(startLine, endLine, state.blkIndent, false).trim();
  inline.map = [startLine, endLine];
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  state.line = endLine;
  return true;
});

// validateLink is not called for an empty URL. This rule turns `[text]()` into plain text.
markdown.core.ruler.push('no-empty-links', (state) => {
  for (const block of state.tokens) {
    const emptyLinks: boolean[] = [];
    block.children = (block.children ?? []).filter((token) => {
      if (token.type === 'link_open') emptyLinks.push(!token.attrGet('href'));
      const isEmptyLink =
        emptyLinks.at(-1) === true && (token.type === 'link_open' || token.type === 'link_close');
      if (token.type === 'link_close') emptyLinks.pop();
      return !isEmptyLink;
    });
  }
});

const SANITIZE_OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'a', 'blockquote', 'em', 'strong', 'ul', 'ol', 'li'],
  allowedAttributes: { a: ['href', 'rel', 'target'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'escape',
  transformTags: {
    a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow ugc noopener noreferrer', target: '_blank' }),
  },
};

/**
 * Matches one-line paragraphs without anything that could be markup, a link or an entity. Most comments match, and
 * their lines can be used as HTML paragraphs unchanged. A leading number or dash could start a list, and a colon inside
 * a word could end a URL scheme.
 */
const PLAIN_PARAGRAPHS =
  /^(?:(?![\d-])[\p{L}\p{M}\p{N}.,;?!'’"“”()%$€£—–…-](?:[\p{L}\p{M}\p{N} .,;?!'’"“”()%$€£—–…-]|:(?=[ \n]|$))*(?:\n\n|$))+$/u;

/**
 * Renders a comment's text as HTML that is safe on a publisher's page.
 *
 * @param body as returned by `checkBody`
 * @returns block elements only; links have `rel="nofollow ugc noopener noreferrer"` and open a new window
 */
export function renderBody(body: string): string {
  // Gives the same result as the Markdown renderer in a tenth of the time.
  if (PLAIN_PARAGRAPHS.test(body)) return `<p>${body.replaceAll('\n\n', '</p>\n<p>')}</p>`;
  return renderMarkdown(body);
}

/** Like `renderBody`, but without the fast path for plain text. */
export function renderMarkdown(body: string): string {
  return sanitizeHtml(markdown.render(body), SANITIZE_OPTIONS).trim();
}

/** Returns the links of a comment as they would be rendered, in order, with their link text. */
export function linksOf(body: string): { href: string; text: string }[] {
  return markdown.parse(body, {}).flatMap((block) => {
    const links: { href: string; text: string }[] = [];
    let open = false;
    for (const token of block.children ?? []) {
      if (token.type === 'link_open') {
        links.push({ href: String(token.attrGet('href') ?? ''), text: '' });
        open = true;
      } else if (token.type === 'link_close') open = false;
      else if (open) links.at(-1)!.text += token.content;
    }
    return links;
  });
}

/** Returns a comment's text on one line without markup: a link becomes its text, a quote its content. */
export function toPlainText(body: string): string {
  const parts = markdown
    .parse(body, {})
    .flatMap(({ children }) => [
      ...(children ?? []).map(({ content, type }) => (/break$/.test(type) ? ' ' : content)),
      ' ',
    ]);
  return parts.join('').replace(/\s+/g, ' ').trim();
}
