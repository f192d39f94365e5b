import { describe, expect, it } from '@jest/globals';
import { Fragment, jsx, jsxs } from './jsx-runtime.js';
import { toHtml } from './to-html.js';

describe('toHtml', () => {
  it('escapes text', () => {
    const name = '<img src=x onerror=alert(1)> & "Co"';
    expect(toHtml(jsx('b', { title: name, children: name }))).toBe(
      '<b title="&lt;img src=x onerror=alert(1)> &amp; &quot;Co&quot;">&lt;img src=x onerror=alert(1)> &amp; &quot;Co&quot;</b>',
    );
  });

  it('renders components, joins lists, and leaves out handlers, null values and booleans', () => {
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

  it('inserts server-rendered markup unchanged', () => {
    expect(toHtml(jsx('div', { dangerouslySetInnerHTML: { __html: '<p>a</p>' } }))).toBe(
      '<div><p>a</p></div>',
    );
  });
});
