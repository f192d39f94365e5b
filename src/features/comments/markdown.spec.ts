import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkBody } from './body.js';
import { linksOf, renderBody, renderMarkdown, toPlainText } from './markdown.js';

const rel = 'rel="nofollow ugc noopener noreferrer" target="_blank"';

describe('renderBody', () => {
  it.each([
    ['paragraphs and line breaks', 'one\ntwo\n\nthree', '<p>one<br />\ntwo</p>\n<p>three</p>'],
    ['emphasis', 'so *so* and **very** so', '<p>so <em>so</em> and <strong>very</strong> so</p>'],
    ['quotes', '> they said\n\nno', '<blockquote>\n<p>they said</p>\n</blockquote>\n<p>no</p>'],
    ['lists', '- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['a year that opens a line', '1984. A book', '<ol start="1984">\n<li>A book</li>\n</ol>'],
    ['links', '[here](https://a.example)', `<p><a href="https://a.example" ${rel}>here</a></p>`],
    [
      'bare links',
      'see https://a.example/x.',
      `<p>see <a href="https://a.example/x" ${rel}>https://a.example/x</a>.</p>`,
    ],
    [
      'email links',
      '<mailto:a@b.example>',
      `<p><a href="mailto:a@b.example" ${rel}>mailto:a@b.example</a></p>`,
    ],
    ['escapes', '5 \\* 3', '<p>5 * 3</p>'],
  ])('renders %s', (_, body, html) => {
    expect(renderBody(body)).toBe(html);
  });

  it('renders plain text the same on the fast path', () => {
    const letters = [...'aZé9Жع न字.,;:?!\'’"()-–…%$&<>*_#[]/\\\n '];
    const body = fc.array(fc.constantFrom(...letters, '\n\n', 'word', ' and '), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(body, (parts) => {
        const check = checkBody(parts.join(''), { minChars: 1, maxChars: 1000 });
        if (check.ok) expect(renderBody(check.body)).toBe(renderMarkdown(check.body));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    [
      'HTML',
      '<b onclick="x()">bold</b><!-- -->',
      '<p>&lt;b onclick="x()"&gt;bold&lt;/b&gt;&lt;!-- --&gt;</p>',
    ],
    ['headings', '# big', '<p># big</p>'],
    ['underlined headings', 'big\n===', '<p>big<br />\n===</p>'],
    ['code', '`x` and\n```\ny\n```', '<p>`x` and<br />\n```<br />\ny<br />\n```</p>'],
    ['indented text', 'a\n\n    b', '<p>a</p>\n<p>b</p>'],
    ['tables', '|a|\n|-|\n|b|', '<p>|a|<br />\n|-|<br />\n|b|</p>'],
    ['entities', '&copy; &#x3C;b>', '<p>&amp;copy; &amp;#x3C;b&gt;</p>'],
    [
      'scripts as links',
      '[a](javascript:alert(1)) [b](JaVa\tScript:x)',
      '<p>[a](javascript:alert(1)) [b](JaVa\tScript:x)</p>',
    ],
    ['data as links', '[a](data:text/html,x)', '<p>[a](data:text/html,x)</p>'],
    ['paths as links', '[a](/logout) [b](//evil.example) [c]()', '<p>[a](/logout) [b](//evil.example) c</p>'],
    [
      'references',
      '[a][b]\n\n[b]: https://a.example',
      `<p>[a][b]</p>\n<p>[b]: <a href="https://a.example" ${rel}>https://a.example</a></p>`,
    ],
    [
      'addresses without a supported scheme',
      'example.com and a@b.example ftp://a.example',
      '<p>example.com and a@b.example ftp://a.example</p>',
    ],
  ])('leaves %s as text', (_, body, html) => {
    expect(renderBody(body)).toBe(html);
  });

  it('renders an image as a link to it', () => {
    expect(renderBody('![x](https://a.example/x.png)')).toBe(
      `<p>!<a href="https://a.example/x.png" ${rel}>x</a></p>`,
    );
  });

  it('shows quotes and lists that are nested too deeply as text', () => {
    const html = renderBody(`${'>'.repeat(30)} deep\nmore`);
    expect(html.match(/<blockquote>/g)).toHaveLength(10);
    expect(html).toContain(`${'&gt;'.repeat(20)} deep<br />\nmore`);
    expect(renderBody(`${'- '.repeat(30)}deep`).match(/<ul>/g)).toHaveLength(5);
  });

  it.each([
    '>',
    '> ',
    '[',
    '[a](',
    '![[]()',
    '*',
    '*a ',
    'a**b',
    '*_[>',
    '<',
    '<http://',
    '\\',
    '- a\n',
    '\n> ',
    '[a](http://a.b',
    'http://a.b?(',
  ])('keeps the output for 20 kB of %j bounded', (piece) => {
    const html = renderBody(piece.repeat(20_000 / piece.length));
    expect(html.length).toBeLessThan(10 * 20_000);
    expect((html.match(/<blockquote>|<ul>/g) ?? []).length).toBeLessThan(10_001);
  });

  it('outputs only allowed elements and attributes for any input', () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '"',
        "'",
        '[',
        ']',
        '(',
        ')',
        '*',
        '_',
        '\\',
        '`',
        '\n',
        '- ',
        '> ',
        ' ',
        'a',
        'javascript:',
        'https://a.example',
        'onload=',
        '<script>',
        '<img src=x onerror=y>',
        '&lt;',
        '<a href="',
        'style=',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const tags = renderBody(pieces.join('')).match(/<[^>]*>/g) ?? [];
        for (const tag of tags) {
          expect(tag).toMatch(
            /^<(\/?(p|blockquote|em|strong|ul|ol|li)|br \/|\/a|ol start="\d+"|a href="(https?:|mailto:)[^"<>]*" rel="nofollow ugc noopener noreferrer" target="_blank")>$/,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('linksOf', () => {
  it('finds every rendered link with its text', () => {
    expect(
      linksOf('https://x.example/ [te *xt*](http://y.example)\n\n> - [z]() <mailto:a@b.example>'),
    ).toEqual([
      { href: 'https://x.example/', text: 'https://x.example/' },
      { href: 'http://y.example', text: 'te xt' },
      { href: 'mailto:a@b.example', text: 'mailto:a@b.example' },
    ]);
  });
});

describe('toPlainText', () => {
  it.each([
    ['emphasis', 'so *so* and **very** so', 'so so and very so'],
    ['a link by its text', 'read [this *now*](https://a.example) first', 'read this now first'],
    ['a bare link unchanged', 'see https://a.example/x_y_z.', 'see https://a.example/x_y_z.'],
    ['lines and paragraphs on one line', 'one\ntwo\n\n\nthree', 'one two three'],
    ['quotes and lists', '> they said\n\nno\n\n- a\n- b', 'they said no a b'],
    ['escapes', '5 \\* 3', '5 * 3'],
    [
      'characters that only look like markup',
      '2 * 3 * 4 and snake_case_name',
      '2 * 3 * 4 and snake_case_name',
    ],
    ['HTML as plain text', '<b>a</b> &amp; b', '<b>a</b> &amp; b'],
  ])('converts %s', (_, body, text) => {
    expect(toPlainText(body)).toBe(text);
  });
});
