import type { QueueDataset } from './dataset.js';

/** A list of the moderation queue: a state, an order and filters. */
export interface ListRequest {
  readonly name: string;
  readonly state: string;
  readonly sort: string;
  readonly filter: Record<string, string>;
}

const listRequest = (state: string, sort: string, filter: Record<string, string> = {}): ListRequest => ({
  name: [state, sort, ...Object.entries(filter).map((pair) => pair.join('='))].join(' '),
  state,
  sort,
  filter,
});

/** Every list, order and filter. */
export const LISTS = (data: QueueDataset): ListRequest[] => [
  ...['held', 'flagged', 'appealed', 'escalated', 'published', 'rejected'].flatMap((state) =>
    ['risk', 'oldest', 'newest'].map((sort) => listRequest(state, sort)),
  ),
  ...[
    { section: 'World' },
    { section: 'Obituaries' },
    { story: data.storyKey },
    { topic: 'ACME' },
    { tier: 'insider-gold' },
    { language: 'fr' },
    { rule: 'score-threat' },
    { readers: 'new' },
    { readers: 'known' },
    { standing: 'trusted' },
    { older: '30d' },
    { younger: '1h' },
    { opinion: 'requested' },
    { section: 'Obituaries', language: 'fr', tier: 'insider' },
  ].flatMap((filter) => [
    listRequest('held', 'risk', filter as never),
    listRequest('published', 'newest', filter as never),
  ]),
];
