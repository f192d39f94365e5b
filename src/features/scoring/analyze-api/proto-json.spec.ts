import { describe, expect, it } from '@jest/globals';
import { AnalyzeError } from './analyze-error.js';
import { choice, flag, float, int32, list, map, message, readMessage, text } from './proto-json.js';

const read = message({
  someText: text(5),
  yes: flag,
  share: float,
  count: int32,
  kind: choice('Kind', ['NONE', 'ONE']),
  items: list(text(), 2),
  byName: map(message({ share: float }), 2),
});

function faultsOf(body: unknown): string[] {
  try {
    readMessage(read, body);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(AnalyzeError);
    const [{ fieldViolations }] = (error as AnalyzeError).details as [
      { fieldViolations: { field: string }[] },
    ];
    return fieldViolations.map(({ field }) => field);
  }
}

describe('a ProtoJSON message', () => {
  it('accepts both spellings of field names, numbers as strings, and enum values by number', () => {
    expect(
      readMessage(read, {
        some_text: 'x',
        yes: true,
        share: '1e-1',
        count: '-7',
        kind: 1,
        by_name: { a: { share: 1 } },
      }),
    ).toEqual({
      someText: 'x',
      yes: true,
      share: 0.1,
      count: -7,
      kind: 'ONE',
      byName: new Map([['a', { share: 1 }]]),
    });
  });

  it('treats null fields as missing and a null message as empty', () => {
    expect(readMessage(read, { yes: null, items: null })).toEqual({});
    expect(readMessage(read, null)).toEqual({});
  });

  it('names every invalid field', () => {
    expect(
      faultsOf({
        someText: 'longer',
        yes: 'true',
        share: Number.MAX_VALUE * 10,
        count: 1.5,
        kind: 'TWO',
        items: ['a', 1],
        byName: { a: { share: 'NaN' }, b: 1 },
        more: 1,
      }),
    ).toEqual(['someText', 'yes', 'share', 'count', 'kind', 'items[1]', 'byName[a].share', 'byName[b]', '']);
    expect(faultsOf({ items: ['a', 'b', 'c'] })).toEqual(['items']);
    expect(faultsOf({ byName: { a: {}, b: {}, c: {} } })).toEqual(['byName']);
    for (const body of [[], 'x', 1, true]) expect(faultsOf(body)).toEqual(['']);
  });

  it('refuses fields named like built-in object properties', () => {
    expect(faultsOf({ toString: 1, constructor: 'x' })).toEqual(['', '']);
    const own = JSON.parse('{"__proto__": {"yes": true}}') as unknown;
    expect(faultsOf(own)).toEqual(['']);
    expect(readMessage(read, { byName: JSON.parse('{"__proto__": {"share": 1}}') }).byName?.size).toBe(1);
  });
});
