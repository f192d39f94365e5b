import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../comments/markdown.js';
import { htmlToMarkdown } from './html-to-markdown.js';

describe('HTML as Markdown', () => {
  it('keeps paragraphs, line breaks, emphasis, lists, quotes and links', () => {
    const html =
      '<p>Meat &amp; Fish<br></p><ul><li>Skinless white meat<br></li><li><div>Oily fish<br></div><ul><li>Tuna<br></li>' +
      '<li>Salmon<br></li></ul></li></ul><div><b>Bold</b><br></div><div><br></div><div>so <i>very </i>italic</div>' +
      '<blockquote><div>Quoted</div><div>twice</div></blockquote><ol><li>one</li><li>two</li></ol>' +
      '<div>See <a href="https://news.example/a">the story</a> and <a href="https://x.example/">https://x.example/</a></div>';
    expect(htmlToMarkdown(html)).toBe(
      [
        'Meat & Fish',
        '',
        '- Skinless white meat',
        '- Oily fish',
        '  - Tuna',
        '  - Salmon',
        '',
        '**Bold**',
        '',
        'so *very* italic',
        '',
        '> Quoted',
        '> twice',
        '',
        '1. one',
        '2. two',
        '',
        'See [the story](https://news.example/a) and https://x.example/',
      ].join('\n'),
    );
  });

  it('keeps the text of what it cannot say, and drops scripts', () => {
    expect(
      htmlToMarkdown(
        '<div><s>struck</s> <span class="coral-rte-spoiler">He dies</span>&nbsp;<script>alert(1)</script><a href="javascript:x">no</a></div>',
      ),
    ).toBe('struck He dies no');
    expect(htmlToMarkdown('<constructor>kept</constructor>')).toBe('kept');
  });

  it.each([
    ['2 * 3 * 4 and snake_case_name', '<p>2 * 3 * 4 and snake_case_name</p>'],
    ['*not emphasis* and _neither_', '<p>*not emphasis* and _neither_</p>'],
    ['[no link](https://x.example)', null],
    ['1. no list', '<p>1. no list</p>'],
    ['- no list', '<p>- no list</p>'],
    ['> no quote', '<p>&gt; no quote</p>'],
    ['a \\* b', '<p>a \\* b</p>'],
  ])('shows the plain text %j as it was', (text, shown) => {
    const html = renderMarkdown(htmlToMarkdown(text));
    if (shown === null) expect(html).not.toContain('>no link<');
    else expect(html).toBe(shown);
  });

  it('bears whatever is nested or left open', () => {
    expect(htmlToMarkdown('<b>'.repeat(10_000) + 'deep')).toContain('deep');
    expect(htmlToMarkdown('<div><i>open')).toBe('*open*');
    expect(htmlToMarkdown('</p></b>closed')).toBe('closed');
  });
});
