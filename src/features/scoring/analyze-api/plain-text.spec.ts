import { describe, expect, it } from '@jest/globals';
import { plainText } from './plain-text.js';

const shown = (html: string): string => plainText(html).replaceAll('\u200b', '');

describe('plainText', () => {
  it.each([
    ['<p>One</p><p>Two</p>', ' One  Two '],
    ['an <b>id</b>iot', 'an idiot'],
    ['Tom &amp; Jerry &lt;3 &#x1F642; &#105;diot', 'Tom & Jerry <3 🙂 idiot'],
    ['<!-- unseen -->seen', ' seen'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['&#xD800;&#99999999;&nope;', ' &#99999999;&nope;'],
    ['<img src="x" alt="y">', ' '],
  ])('extracts %j', (html, expected) => {
    expect(shown(html)).toBe(expected);
    expect(plainText(html)).toHaveLength(html.length);
  });
});
