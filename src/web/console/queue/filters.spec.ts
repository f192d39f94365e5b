import { filterText, listParams, queueSentence, readFilter, targetStatus } from './filters.js';

it('writes a filter to the URL and reads it back, ignoring unknown values', () => {
  const filter = readFilter(
    new URLSearchParams('readers=new&section=Arts+%26+Life&site=x&nonsense=1&older='),
  );
  expect(filter).toEqual({ section: 'Arts & Life', readers: 'new' });
  expect(filterText(filter)).toBe('section=Arts+%26+Life&readers=new');
  expect(readFilter(new URLSearchParams(filterText(filter)))).toEqual(filter);
});

it('puts the sort order in the URL when it is not the default of the list', () => {
  const list = { filter: {}, sort: 'risk' as const };
  expect(listParams({ ...list, state: 'held' })).toEqual({ state: null, sort: null });
  expect(listParams({ ...list, state: 'published' })).toEqual({ state: 'published', sort: 'risk' });
  expect(listParams({ state: 'rejected', sort: 'newest', filter: { language: 'fr' } })).toEqual({
    state: 'rejected',
    sort: null,
    language: 'fr',
  });
});

it('describes a list in a sentence', () => {
  expect(queueSentence('held', {})).toBe('Held');
  expect(queueSentence('held', { older: '2h', rule: 'score-identity-attack', readers: 'new' })).toBe(
    'Held · rule “Identity attack” · new readers · waits over 2 h',
  );
});

it('shows a target in amber at three quarters, and in red once it is reached', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  expect([at(10), at(45), at(60), null].map((oldest) => targetStatus(oldest, 60, now))).toEqual([
    null,
    'near',
    'over',
    null,
  ]);
  expect(targetStatus(at(900), null, now)).toBeNull();
});
