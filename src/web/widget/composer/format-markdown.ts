export type MarkdownFormat = 'bold' | 'italic' | 'quote' | 'list' | 'link';

/** A text and its selection, as UTF-16 offsets. */
export interface TextSelection {
  text: string;
  start: number;
  end: number;
}

const inlineMarks = { bold: '**', italic: '*' } as const;
const linePrefixes = { quote: '> ', list: '- ' } as const;

/**
 * Applies comment Markdown to the selection. Inline marks are put around it, or removed if present. Line marks are
 * put before each line it touches, or removed if all lines have them. A link takes the selection as its text and
 * selects the URL placeholder.
 *
 * @param linkText the link text if nothing is selected
 */
export function formatMarkdown(
  { text, start, end }: TextSelection,
  kind: MarkdownFormat,
  linkText: string,
): TextSelection {
  const selected = text.slice(start, end);
  if (kind === 'link') {
    const label = selected || linkText;
    const urlStart = start + label.length + 3;
    return {
      text: `${text.slice(0, start)}[${label}](https://)${text.slice(end)}`,
      start: urlStart,
      end: urlStart + 8,
    };
  }
  if (kind === 'bold' || kind === 'italic') {
    const mark = inlineMarks[kind];
    const n = mark.length;
    const isMarked =
      text.slice(0, start).endsWith(mark) &&
      text.slice(end).startsWith(mark) &&
      (kind === 'bold' || !text.slice(0, start).endsWith('**'));
    return isMarked
      ? { text: text.slice(0, start - n) + selected + text.slice(end + n), start: start - n, end: end - n }
      : {
          text: text.slice(0, start) + mark + selected + mark + text.slice(end),
          start: start + n,
          end: end + n,
        };
  }
  const mark = linePrefixes[kind];
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', end);
  const to = nextBreak < 0 ? text.length : nextBreak;
  const lines = text.slice(from, to).split('\n');
  const isRemoving = lines.every((each) => each.startsWith(mark));
  const changed = lines.map((each) => (isRemoving ? each.slice(mark.length) : mark + each)).join('\n');
  // A quote or list must be preceded by an empty line.
  const gap = !isRemoving && from > 0 && text[from - 2] !== '\n' ? '\n' : '';
  const addedChars = changed.length - (to - from) + gap.length;
  const startShift = gap.length + (isRemoving ? -mark.length : mark.length);
  return {
    text: text.slice(0, from) + gap + changed + text.slice(to),
    start: Math.max(from, start + startShift),
    end: end + addedChars,
  };
}
