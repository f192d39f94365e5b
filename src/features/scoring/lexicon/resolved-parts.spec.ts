import { describe, expect, it } from '@jest/globals';
import { readText } from './reading.js';
import { resolvedOf } from './resolved-parts.js';
import { resolveWords } from './resolve.js';

describe('the cache of resolved disguises', () => {
  it.each(['f*ck', '1d10t', 'b.u.l.l.', 'i d i o t', 'a stretch that is far too long to be kept'])(
    'returns the same as a fresh reading: %j',
    (part) => {
      const reparsed = resolveWords(readText(part));
      expect(resolvedOf(part)).toEqual(reparsed);
      expect(resolvedOf(part)).toEqual(reparsed);
    },
  );

  it('stays correct when it is full', () => {
    for (let n = 0; n < 5000; n++) resolvedOf(`w0rd${n}`);
    expect(resolvedOf('1d10t')).toEqual(resolveWords(readText('1d10t')));
  });
});
