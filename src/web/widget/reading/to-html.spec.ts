import { describe, expect, it } from '@jest/globals';
import { Fragment, jsx, jsxs } from './jsx-runtime.js';
import { toHtml } from './to-html.js';

describe('toHtml', () => {
  it('writes text so that it stays text', () => {
    const name = '<img src=x onerror=alert(1)> & "Co"';
    expect(toHtml(jsx('b', { title: name, children: name }))).toBe(
      '<b title="&lt;img src=x onerror=alert(1)> &amp; &quot;Co&quot;">&lt;img src=x onerror=alert(1)> &amp; &quot;Co&quot;</b>',
    );
  });

  it('runs components, joins lists and leaves out handlers, nothings and booleans', () => {
    const Item = (props: Record<string, unknown>) => jsx('li', { children: props['n'] as number });
    const list = jsxs('ol', {
      onClick: () => undefined,
      'aria-busy': false,
      hidden: false,
      children: [
        [1, 2].map((n) => jsx(Item, { n }, String(n))),
        null,
        false,
        jsx(Fragment, { children: 'end' }),
      ],
    });
    expect(toHtml(list)).toBe('<ol aria-busy="false"><li>1</li><li>2</li>end</ol>');
  });

  it('puts the markup that the server made in as it is', () => {
    expect(toHtml(jsx('div', { dangerouslySetInnerHTML: { __html: '<p>a</p>' } }))).toBe(
      '<div><p>a</p></div>',
    );
  });
});
