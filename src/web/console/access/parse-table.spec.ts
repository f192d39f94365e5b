import { describe, expect, it } from '@jest/globals';
import { toBatches, parseTable } from './parse-table.js';

describe('a table of entitlements', () => {
  it('is read by the names of its columns, whatever separates them', () => {
    const item = { readerKey: 'r-1', tier: 'gold', status: 'active', validUntil: '2027-01-31T00:00:00Z' };
    expect(parseTable('reader_key,tier,status,valid_until\nr-1,gold,active,2027-01-31\n')).toEqual({
      items: [item],
      ignored: [],
    });
    expect(
      parseTable('\uFEFFSub;Tier;Status;Valid until;Plan\r\nr-1;gold;active;2027-01-31;x\r\n\r\n'),
    ).toEqual({
      items: [item],
      ignored: ['Plan'],
    });
  });

  it('keeps commas, quotes and line breaks within quotes, and leaves out what is empty', () => {
    expect(
      parseTable('readerKey,tier,status,grantedBy\n"a,b",gold,active,"Acme ""Inc""\nLtd"\nc,gold,active,')
        .items,
    ).toEqual([
      { readerKey: 'a,b', tier: 'gold', status: 'active', grantedBy: 'Acme "Inc"\nLtd' },
      { readerKey: 'c', tier: 'gold', status: 'active' },
    ]);
  });

  it('may be JSON, a list or under items', () => {
    const items = [{ readerKey: 'a', tier: 'gold', status: 'active' }];
    expect(parseTable(JSON.stringify(items)).items).toEqual(items);
    expect(parseTable(JSON.stringify({ items })).items).toEqual(items);
  });

  it.each([
    ['', /empty/],
    ['name,tier\na,b', /readerKey/],
    ['readerKey,tier', /no line/],
    ['readerKey,tier\na,"b', /Line 2/],
    ['readerKey,tier\na,b,c', /Line 2/],
    ['{"a": 1}', /no list/],
    ['[1,', /JSON/],
  ])('is none, and why: %j', (text, why) => {
    expect(() => parseTable(text)).toThrow(why);
  });
});

it('goes in pieces, the last as long as what is left', () => {
  expect(toBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(toBatches([])).toEqual([]);
});
