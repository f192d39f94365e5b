import { describe, expect, it } from '@jest/globals';
import { formatMarkdown, type MarkdownFormat } from './format-markdown.js';

/** The selection is written in [brackets]. */
function run(marked: string, kind: MarkdownFormat): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const result = formatMarkdown({ text: marked.replace(/[[\]]/g, ''), start, end }, kind, 'text');
  const { text } = result;
  return `${text.slice(0, result.start)}[${text.slice(result.start, result.end)}]${text.slice(result.end)}`;
}

describe('formatMarkdown', () => {
  it('adds inline marks around the selection and removes them again', () => {
    expect(run('a [b] c', 'bold')).toBe('a **[b]** c');
    expect(run('a **[b]** c', 'bold')).toBe('a [b] c');
    expect(run('a *[b]* c', 'italic')).toBe('a [b] c');
    expect(run('a **[b]** c', 'italic')).toBe('a ***[b]*** c');
    expect(run('[]', 'italic')).toBe('*[]*');
  });

  it('adds line marks before each selected line and removes them again', () => {
    expect(run('on[e]', 'quote')).toBe('> on[e]');
    expect(run('one\n\ntw[o\nthr]ee', 'list')).toBe('one\n\n- tw[o\n- thr]ee');
    expect(run('- tw[o\n- thr]ee', 'list')).toBe('tw[o\nthr]ee');
  });

  it('inserts a blank line above a quote that would continue a paragraph', () => {
    expect(run('one\n[two]', 'quote')).toBe('one\n\n> [two]');
  });

  it('selects the URL of a new link', () => {
    expect(formatMarkdown({ text: 'see this now', start: 4, end: 8 }, 'link', 'text')).toEqual({
      text: 'see [this](https://) now',
      start: 11,
      end: 19,
    });
  });
});
