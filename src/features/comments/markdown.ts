import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

/** So many quotes, or half as many lists, may be inside each other; deeper ones stay text, which is easier to read. */
const MAX_DEPTH = 10;
const LINKED = /^(?:https?:\/\/|mailto:)[^\s]/i;

/*
 * The small Markdown of comments: paragraphs, line breaks, links (bare ones too), block quotes, emphasis, lists.
 * Headings, images, tables, code, entities and HTML stay the text they were typed as.
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
// What is no absolute link to a page or a mailbox is no link: a path would lead into the publisher's own site.
markdown.validateLink = (url) => LINKED.test(url.trim());

// markdown-it drops what is nested too deeply; here it becomes a paragraph.
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

// An empty address passes by validateLink: `[text]()` is text.
markdown.core.ruler.push('no-empty-links', (state) => {
  for (const block of state.tokens) {
    const dropped: boolean[] = [];
    block.children = (block.children ?? []).filter((token) => {
      if (token.type === 'link_open') dropped.push(!token.attrGet('href'));
      const drops = dropped.at(-1) === true && (token.type === 'link_open' || token.type === 'link_close');
      if (token.type === 'link_close') dropped.pop();
      return !drops;
    });
  }
});

const sanitizing: sanitizeHtml.IOptions = {
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
 * One line after another with nothing that could be markup, a link or an entity: most of what people write. Each is a
 * paragraph as it stands; a number or a dash at its beginning could be a list, a colon inside a word the scheme of a link.
 */
const PLAIN =
  /^(?:(?![\d-])[\p{L}\p{M}\p{N}.,;?!'’"“”()%$€£—–…-](?:[\p{L}\p{M}\p{N} .,;?!'’"“”()%$€£—–…-]|:(?=[ \n]|$))*(?:\n\n|$))+$/u;

/**
 * A comment's text as HTML that is safe to put on a publisher's page.
 *
 * @param body as `checkBody` gave it
 * @returns block elements only; links carry `rel="nofollow ugc noopener noreferrer"` and open a new window
 */
export function renderBody(body: string): string {
  // What the rest would come to, for a tenth of the time.
  if (PLAIN.test(body)) return `<p>${body.replaceAll('\n\n', '</p>\n<p>')}</p>`;
  return renderMarkdown(body);
}

/** As `renderBody`, for every text by the same way. */
export function renderMarkdown(body: string): string {
  return sanitizeHtml(markdown.render(body), sanitizing).trim();
}

/** The links of a comment as they would be rendered, in order, with the text that stands for each. */
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

/** The words of a comment on one line, without the marks around them: a link is its text, a quote what it says. */
export function wordsOf(body: string): string {
  const words = markdown
    .parse(body, {})
    .flatMap(({ children }) => [
      ...(children ?? []).map(({ content, type }) => (/break$/.test(type) ? ' ' : content)),
      ' ',
    ]);
  return words.join('').replace(/\s+/g, ' ').trim();
}
