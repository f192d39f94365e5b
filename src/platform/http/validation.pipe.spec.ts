import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Instant, Nested, OneOf, Text, TextList } from './fields.js';
import { parseAs } from './validation.pipe.js';

class Inner {
  @Text() key: string;
}

class Outer {
  @Text({ max: 64, pattern: /^[a-z]+$/ }) tier: string;
  @OneOf(['active', 'expired']) status: string;
  @Instant() since: string;
  @TextList({ minItems: 1 }) events: string[];
  @Nested(() => Inner) inner: Inner;
  @Text({ optional: true }) note?: string;
}

const fieldErrorsOf = async (body: unknown) => {
  const parsed = await parseAs(Outer, body);
  return parsed.ok ? [] : parsed.errors.map(({ pointer, code, message }) => [pointer, code, message]);
};
const COMPLETE_BODY = {
  tier: 'gold',
  status: 'active',
  since: '2026-11-24T00:00:00Z',
  events: ['*'],
  inner: { key: 'a' },
};

describe('a request body', () => {
  it('with missing fields is refused with one error per missing field', async () => {
    expect(await fieldErrorsOf({})).toEqual([
      ['/tier', 'missing', 'tier is missing.'],
      ['/status', 'missing', 'status is missing.'],
      ['/since', 'missing', 'since is missing.'],
      ['/events', 'missing', 'events is missing.'],
      ['/inner', 'missing', 'inner is missing.'],
    ]);
    expect(await fieldErrorsOf({ ...COMPLETE_BODY, inner: {} })).toEqual([
      ['/inner/key', 'missing', 'key is missing.'],
    ]);
    expect(await fieldErrorsOf(COMPLETE_BODY)).toEqual([]);
  });

  it('with an invalid field is refused with the reason', async () => {
    const codes = async (changes: object) =>
      (await fieldErrorsOf({ ...COMPLETE_BODY, ...changes })).map(([, code]) => code);
    expect(await codes({ tier: null })).not.toContain('missing');
    expect(await codes({ tier: '' })).toContain('min-length');
    expect(await codes({ status: 'soon' })).toEqual(['is-in']);
    expect(await codes({ other: 1 })).toEqual(['unknown-field']);
  });
});
