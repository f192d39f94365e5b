import { describe, expect, it } from '@jest/globals';
import { toBatches, parseTable } from './parse-table.js';

describe('parsing a table of entitlements', () => {
  it('reads columns by name, with any separator', () => {
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

  it('keeps commas, quotes and line breaks inside quotes, and leaves out empty cells', () => {
    expect(
      parseTable('readerKey,tier,status,grantedBy\n"a,b",gold,active,"Acme ""Inc""\nLtd"\nc,gold,active,')
        .items,
    ).toEqual([
      { readerKey: 'a,b', tier: 'gold', status: 'active', grantedBy: 'Acme "Inc"\nLtd' },
      { readerKey: 'c', tier: 'gold', status: 'active' },
    ]);
  });

  it('accepts JSON, as a list or under `items`', () => {
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
  ])('refuses %j with an explanation', (text, message) => {
    expect(() => parseTable(text)).toThrow(message);
  });
});

it('splits a list into chunks, with the remainder in the last', () => {
  expect(toBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(toBatches([])).toEqual([]);
});
