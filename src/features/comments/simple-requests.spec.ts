import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAs } from '../../platform/http/validation.pipe.js';
import { StoryHintQuery, SubmitBody, ThreadPageQuery } from './comments.dto.js';
import { parseSimplePost, parseSimpleRead } from './simple-requests.js';

const ID = '0198f000-0000-7000-8000-00000000000A';
const unusualValue = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  '\0',
  '\ud800',
  7,
  true,
  [],
  ['a'],
  {},
  'x'.repeat(5_000),
);
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), unusualValue);
const query = fc.record(
  {
    sort: fc.oneof(fc.constantFrom<unknown>('newest', 'oldest', 'top', 'replies', 'Newest'), unusualValue),
    cursor: text,
    limit: fc.oneof(fc.integer({ min: -200, max: 2_000 }).map(String), fc.string(), unusualValue),
    url: text,
    title: text,
    utm_source: text,
  },
  { requiredKeys: [] },
);
const hint = fc.oneof(fc.constant({}), fc.record({ url: fc.string(), title: fc.string() }), query);
const requestBody = fc.oneof(
  fc.record({ body: text, parentId: fc.oneof(fc.uuid(), fc.constant(ID), text) }, { requiredKeys: [] }),
  fc.record({ body: fc.string(), more: text, constructor: text }, { requiredKeys: ['body'] }),
  unusualValue,
);

describe('requests on the fast path that skips DTO validation', () => {
  it('are parsed in the same way as by the DTO', async () => {
    let parsedCount = 0;
    const property = fc.asyncProperty(query, async (rawQuery) => {
      const simple = parseSimpleRead(rawQuery);
      if (!simple) return;
      parsedCount++;
      const parsed = await parseAs(ThreadPageQuery, rawQuery, { unknownFields: 'drop' });
      expect(parsed).toMatchObject({ ok: true });
      const { sort = 'newest', cursor, limit, url, title } = (parsed as { value: ThreadPageQuery }).value;
      expect(simple).toEqual({ sort, cursor, limit, url, title });
    });
    await fc.assert(property, { numRuns: 2_000 });
    expect(parsedCount).toBeGreaterThan(100);
  });

  it('are parsed in the same way as by the DTO when posting', async () => {
    let parsedCount = 0;
    const property = fc.asyncProperty(hint, requestBody, async (rawQuery, posted) => {
      const simple = parseSimplePost(rawQuery, posted);
      if (!simple) return;
      parsedCount++;
      const parsedHint = await parseAs(StoryHintQuery, rawQuery, { unknownFields: 'drop' });
      const parsed = await parseAs(SubmitBody, posted);
      expect([parsedHint, parsed]).toMatchObject([{ ok: true }, { ok: true }]);
      const { url, title } = (parsedHint as { value: StoryHintQuery }).value;
      const { body, parentId } = (parsed as { value: SubmitBody }).value;
      expect(simple).toEqual({ body, parentId: parentId?.toLowerCase() ?? null, url, title });
    });
    await fc.assert(property, { numRuns: 2_000 });
    expect(parsedCount).toBeGreaterThan(100);
  });

  it('cover the usual requests of pages and readers', () => {
    expect(parseSimpleRead({})).toMatchObject({ sort: 'newest', limit: 20 });
    expect(
      parseSimpleRead({ sort: 'top', limit: '500', cursor: 'abc', url: 'https://n.example/a' }),
    ).toMatchObject({
      sort: 'top',
      limit: 100,
    });
    expect(parseSimplePost({}, { body: 'I call BS', parentId: ID })).toMatchObject({
      parentId: ID.toLowerCase(),
    });
  });

  it('never include requests that the DTO refuses', () => {
    expect(parseSimpleRead({ limit: 'many' })).toBeNull();
    expect(parseSimpleRead({ limit: ['1', '2'] })).toBeNull();
    expect(parseSimplePost({}, { body: 'Hi', parentID: ID })).toBeNull();
    expect(parseSimplePost({}, { body: '' })).toBeNull();
    expect(parseSimplePost({}, ['Hi'])).toBeNull();
  });
});
