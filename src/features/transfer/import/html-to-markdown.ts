import { Parser } from 'htmlparser2';

interface Frame {
  readonly tag: string;
  readonly href: string | null;
  text: string;
  /** For an ordered list: the number of the next item. */
  next: number;
}

const MARKERS: ReadonlyMap<string, string> = new Map([
  ['b', '**'],
  ['strong', '**'],
  ['i', '*'],
  ['em', '*'],
]);
const BLOCK_TAGS = new Set([
  'div',
  'p',
  'ul',
  'ol',
  'li',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
]);
const DROPPED_TAGS = new Set(['script', 'style', 'template', 'iframe', 'object']);
const MAX_DEPTH = 50;

/**
 * Converts a comment's HTML, as rich-text editors write it, to the Markdown subset used in comments. Formatting that
 * the subset lacks (strikethrough, spoilers, colours) is dropped but its text is kept. Characters that would be
 * markup are escaped.
 */
export function htmlToMarkdown(html: string): string {
  if (!/[<&]/.test(html)) return escapeLines(html);
  const frames: Frame[] = [frame('')];
  let openDroppedTags = 0;
  const top = (): Frame => frames[frames.length - 1];
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (DROPPED_TAGS.has(tag)) openDroppedTags++;
        else if (tag === 'br') top().text += '\n';
        else if (tag === 'img')
          top().text += attributes['alt'] ? escapeText(attributes['alt'], top().text) : '';
        else if (frames.length <= MAX_DEPTH) frames.push(frame(tag, attributes['href']));
      },
      ontext(text) {
        if (openDroppedTags > 0) return;
        const { text: before } = top();
        // As in a browser, a run of white space becomes one space, and white space at the beginning of a line is dropped.
        const flat = text.replace(/[\s\u00a0]+/g, ' ');
        top().text += escapeText(before === '' || /\s$/.test(before) ? flat.replace(/^ /, '') : flat, before);
      },
      onclosetag(tag) {
        if (DROPPED_TAGS.has(tag)) openDroppedTags = Math.max(0, openDroppedTags - 1);
        else if (frames.length > 1 && top().tag === tag) {
          const closed = frames.pop()!;
          close(closed, top());
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  while (frames.length > 1) {
    const closed = frames.pop()!;
    close(closed, top());
  }
  return frames[0].text.trim();
}

const frame = (tag: string, href?: string): Frame => ({ tag, href: href ?? null, text: '', next: 1 });

function close({ tag, href, text }: Frame, parent: Frame): void {
  const mark = MARKERS.get(tag);
  if (mark !== undefined) parent.text += wrapLines(text, mark);
  else if (tag === 'a') parent.text += link(text, href);
  else if (!BLOCK_TAGS.has(tag)) parent.text += text;
  else closeBlock(tag, text, parent);
}

function closeBlock(tag: string, inner: string, parent: Frame): void {
  // A line break at the end of a block has no effect.
  const text = inner.replace(/ +$/, '').replace(/\n$/, '');
  if (parent.text !== '' && !parent.text.endsWith('\n')) parent.text += '\n';
  switch (tag) {
    case 'div':
      parent.text += `${text}\n`;
      return;
    case 'li': {
      const mark = parent.tag === 'ol' ? `${parent.next++}. ` : '- ';
      parent.text += `${mark}${text.trim().replace(/\n+/g, `\n${' '.repeat(mark.length)}`)}\n`;
      return;
    }
    case 'blockquote':
      parent.text += `${blankLineAfter(parent.text)}${text.trim().replace(/^/gm, '> ')}\n\n`;
      return;
    case 'ul':
    case 'ol':
      // Inside a list item, a nested list needs no blank lines around it.
      parent.text += parent.tag === 'li' ? `${text}\n` : `${blankLineAfter(parent.text)}${text}\n\n`;
      return;
    default:
      parent.text += `${blankLineAfter(parent.text)}${text}\n\n`;
  }
}

const blankLineAfter = (before: string): string => (before === '' || before.endsWith('\n\n') ? '' : '\n');

/** Wraps each line, because Markdown markers must touch their text and cannot span a line break. */
const wrapLines = (text: string, mark: string): string =>
  text.replace(/^(\s*)(\S|\S.*\S)([^\S\n]*)$/gm, `$1${mark}$2${mark}$3`);

function link(text: string, href: string | null): string {
  if (href === null || !/^(?:https?:\/\/|mailto:)[^\s<>()]+$/i.test(href)) return text;
  const label = text.trim();
  return label === '' || label.replaceAll('\\', '') === href
    ? href
    : `[${label.replace(/\n/g, ' ')}](${href})`;
}

const escapeLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => escapeText(line, ''))
    .join('\n');

// An asterisk or underscore between spaces, and an underscore inside a word, are not markup.
const INLINE_MARKUP =
  /\\(?=[!-/:-@[-`{-~])|(?<!\s)\*|\*(?!\s)|(?<![\p{L}\p{N}\s])_|_(?![\p{L}\p{N}\s])|(?<=\s|^)_(?=\S)|\[(?=[^\]]*\]\()/gu;
const LINE_START_MARKUP = /^(\s*)(?:([>+*-])(?=\s|$)|(>)|(\d{1,9})([.)])(?=\s|$))/;

/** @param before the text before it on the same line */
function escapeText(text: string, before: string): string {
  const escaped = /[\\*_[]/.test(text)
    ? text.replace(/https?:\/\/\S+|[^]+?(?=https?:\/\/|$)/g, (part) =>
        /^https?:/.test(part) ? part : part.replace(INLINE_MARKUP, '\\$&'),
      )
    : text;
  if (before !== '' && !before.endsWith('\n')) return escaped;
  return escaped.replace(
    LINE_START_MARKUP,
    (_all, space: string, mark?: string, quote?: string, digits?: string, dot?: string) =>
      digits === undefined ? `${space}\\${mark ?? quote}` : `${space}${digits}\\${dot}`,
  );
}
