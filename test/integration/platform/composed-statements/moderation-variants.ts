import { addFilteredSql } from '../../../../src/features/moderation/bulk-decision.repository.js';
import { lastDecisionsSql } from '../../../../src/features/moderation/human-decisions.view.js';
import {
  countFiltersSql,
  countSql,
  waitingCountsSql,
} from '../../../../src/features/moderation/queue-counts.view.js';
import type { NarrowedQueue, QueueFilter } from '../../../../src/features/moderation/queue-filter.js';
import { lastRefusalSql } from '../../../../src/features/moderation/queue-item.sql.js';
import {
  decidedPageSql,
  latestSql,
  waitingPageSql,
  type PageQuery,
} from '../../../../src/features/moderation/queue-page.sql.js';
import {
  isWaitingState,
  QUEUE_SORTS,
  QUEUE_STATES,
} from '../../../../src/features/moderation/queue-states.js';
import {
  insertNoteSql,
  noteListSql,
} from '../../../../src/features/moderation/readers/reader-notes-and-messages.service.js';
import { readerPageSql } from '../../../../src/features/moderation/readers/reader-search.view.js';
import { composeSql } from '../../../../src/platform/database/sql.js';

const ID = '0196f000-0000-7000-8000-000000000000';

const FILTERS: readonly QueueFilter[] = [
  {},
  {
    section: 'news',
    story: 'story-1',
    topic: 'climate',
    tier: 'insider',
    language: 'en',
    rule: 'insult',
    readers: 'new',
    standing: 'warned',
    older: '30m',
    younger: '2d',
    opinion: 'requested',
    brigade: ID,
  },
  { readers: 'known', suggested: 'pick' },
  { suggested: 'question' },
  { suggested: 'newsroom' },
];

const NARROWED: readonly NarrowedQueue[] = FILTERS.flatMap((filter) =>
  [null, ['news']].map((sections) => ({ filter, sections, now: new Date() })),
);

const WAITING = QUEUE_STATES.filter(isWaitingState);
const DECIDED = QUEUE_STATES.filter((state) => !isWaitingState(state));

const pages = (states: readonly PageQuery['state'][]): PageQuery[] =>
  states.flatMap((state) =>
    QUEUE_SORTS.flatMap((sort) =>
      NARROWED.flatMap((narrowed) =>
        [null, ['0', ID] as const].map((after) => ({ ...narrowed, state, sort, after, rows: 10 })),
      ),
    ),
  );

/** Returns a list of parameters to which the function appends more. */
const parameters = (count: number): unknown[] => Array.from({ length: count }, () => null);

/** Variants of the functions that compose statements; see `composed-statements.spec.ts`. */
export const moderationVariants: Readonly<Record<string, readonly string[]>> = {
  addFilteredSql: NARROWED.map((narrowed) => addFilteredSql(narrowed, parameters(6))),
  countFiltersSql: WAITING.flatMap((state) =>
    NARROWED.map((limit) => countFiltersSql(state, FILTERS, limit, parameters(1))),
  ),
  countSql: QUEUE_STATES.flatMap((state) =>
    NARROWED.map((narrowed) => countSql(state, narrowed, parameters(1))),
  ),
  decidedPageSql: pages(DECIDED).map((query) => decidedPageSql(query, parameters(5))),
  insertNoteSql: [insertNoteSql('note'), insertNoteSql('message')],
  lastDecisionsSql: [lastDecisionsSql('site'), lastDecisionsSql('text'), lastDecisionsSql('language')],
  lastRefusalSql: [lastRefusalSql('$1', '$2')],
  latestSql: DECIDED.flatMap((state) => [latestSql(state, null), latestSql(state, ['news'])]),
  noteListSql: [noteListSql('note'), noteListSql('message')],
  readerPageSql: [undefined, 'normal', 'banned'].flatMap((standing) =>
    [true, false].flatMap((showsEmail) =>
      ['', 'jane doe', ID, '!'].map((query) =>
        readerPageSql(
          {
            words: query === '!' ? [] : query.split(' ').filter((word) => word !== ''),
            query,
            standing,
            after: query === '' ? null : ID,
            limit: 10,
            showsEmail,
          },
          parameters(3),
        ),
      ),
    ),
  ),
  waitingCountsSql: waitingCountsSql(composeSql``),
  waitingPageSql: pages(WAITING).map((query) => waitingPageSql(query, parameters(5))),
};
