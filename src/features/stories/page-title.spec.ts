import { describe, expect, it } from '@jest/globals';
import { titleOfPage } from './page-title.js';

const URL_OF_PAGE = 'https://news.example/talks';

describe('the page title', () => {
  it.each([
    ['<title>Talks resume</title>', 'Talks resume'],
    ['<TITLE\n>Caf&eacute; &amp; bar &lt;b&gt;</TITLE>', 'Café & bar <b>'],
    ['<title>Talks | The Ledger</title><meta property="og:title" content="Talks">', 'Talks'],
    ["<meta name='og:title' content='Talks'>", 'Talks'],
    ['<meta property="og:title" content=" "><title>  Two\n lines </title>', 'Two lines'],
    ['<svg><title>A picture</title></svg><title>Talks</title>', 'Talks'],
    ['<!-- <title>No</title> --><title>Yes</title>', 'Yes'],
    ['<title>First</title><title>Second</title>', 'First'],
    ['<title>Cut in the mid', 'Cut in the mid'],
    [`<title>${'x'.repeat(400)}</title>`, 'x'.repeat(300)],
    ['<title>A\u202Eb\u0000c</title>', expect.not.stringMatching(/[\u202E\u0000]/)],
  ])('in %j is %j', (html, title) => {
    expect(titleOfPage(html, URL_OF_PAGE)).toEqual(title);
  });

  it.each([
    '',
    '<p>No title</p>',
    '<title> </title>',
    '<title>Caf\uFFFD</title>',
    '<script>"<title>x</title>"</script>',
  ])('is not found in %j', (html) => {
    expect(titleOfPage(html, URL_OF_PAGE)).toBeNull();
  });

  it('is ignored when it repeats the query of the URL', () => {
    const html = '<title>Results for "buy cheap pills" | The Ledger</title>';
    expect(titleOfPage(html, 'https://news.example/search?q=Buy+cheap%20PILLS')).toBeNull();
    expect(titleOfPage(html, 'https://news.example/search?id=17')).toBe(
      'Results for "buy cheap pills" | The Ledger',
    );
  });
});
