import { describe, expect, it } from '@jest/globals';
import { renderBody, renderMarkdown } from '../../comments/markdown.js';
import { htmlToMarkdown } from './html-to-markdown.js';

describe('converting HTML to Markdown', () => {
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

  it('keeps the text of unsupported elements, and drops scripts', () => {
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
  ])('leaves the plain text %j unchanged', (text, shown) => {
    const html = renderMarkdown(htmlToMarkdown(text));
    if (shown === null) expect(html).not.toContain('>no link<');
    else expect(html).toBe(shown);
  });

  it.each([
    '<script>alert(1)</script>',
    '<scr<script>ipt>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<img alt="<script>alert(1)</script>" src=x>',
    '<img alt="[a](javascript:alert(1))" src=x>',
    '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
    '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
    '<div style="position:fixed;background:url(javascript:alert(1))" onclick="alert(1)">a</div>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" java\tscript:alert(1)">a</a>',
    '<a href="&#106;avascript:alert(1)">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    '<a href="https://x.example/" onmouseover="alert(1)" style="color:red">a</a>',
    '<a href="https://x.example/&quot;onmouseover=&quot;alert(1)">a</a>',
    '<a href="https://x.example/)[b](javascript:alert(1))">a</a>',
    '<a href="https://x.example/">](javascript:alert(1))[</a>',
    '[a](javascript:alert(1))',
    '<b>[a]</b>(javascript:alert(1))',
    '[a]<i></i>(javascript:alert(1))',
    '<javascript:alert(1)>',
    '&lt;javascript:alert(1)&gt;',
    '&lt;img src=x onerror=alert(1)&gt;',
    '<textarea><img src=x onerror=alert(1)></textarea>',
    '<title><img src=x onerror=alert(1)></title>',
    '<xmp><img src=x onerror=alert(1)></xmp>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<!--><img src=x onerror=alert(1)>-->',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="javascript:alert(1)"><input type=submit></form>',
    '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  ])('makes %j harmless', (html) => {
    const shown = renderBody(htmlToMarkdown(html));
    const tags = shown.match(/<[^>]*>/g) ?? [];
    const allowed =
      /^<(?:\/?(?:p|em|strong|ul|ol|li|blockquote)|br ?\/?|\/a|a href="(?:https?:\/\/|mailto:)[^"<>\s]*" rel="nofollow ugc noopener noreferrer" target="_blank")>$/;
    expect(tags.filter((tag) => !allowed.test(tag))).toEqual([]);
    expect(shown.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
  });

  it('handles deep nesting and unclosed elements', () => {
    expect(htmlToMarkdown('<b>'.repeat(10_000) + 'deep')).toContain('deep');
    expect(htmlToMarkdown('<div><i>open')).toBe('*open*');
    expect(htmlToMarkdown('</p></b>closed')).toBe('closed');
  });
});
