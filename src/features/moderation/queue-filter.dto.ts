import { Id, OneOf, PageQuery, QueryInt, Text } from '../../platform/http/fields.js';
import { FILTER_AGE, type QueueFilter } from './queue-filter.js';
import { QUEUE_SORTS, QUEUE_STATES, type QueueSort, type QueueState } from './queue-states.js';

const AGE = { optional: true, max: 5, pattern: FILTER_AGE, patternMessage: 'an age is like 30m, 4h or 2d' };

/** Narrows a list; every member given must hold. */
export class QueueFilterFields implements QueueFilter {
  @Text({ optional: true, max: 200, description: "A story's section." }) section?: string;
  @Text({ optional: true, max: 512, description: "The publisher's key of a story." }) story?: string;
  @Text({ optional: true, max: 200, description: "A topic's key." }) topic?: string;
  @Text({ optional: true, max: 64, description: 'The tier that counted when it was written.' }) tier?: string;

  @Text({
    optional: true,
    min: 2,
    max: 3,
    pattern: /^[a-z]{2,3}$/,
    patternMessage: 'a language is a code such as en, de or und',
    description: 'ISO 639-1, or `und`.',
  })
  language?: string;

  @Text({ optional: true, max: 64, description: 'The key of the latest rule that decided.' }) rule?: string;

  @OneOf(['new', 'known'], {
    optional: true,
    description:
      '`new`: fewer than three comments published, or known for less than a day, when it was written.',
  })
  readers?: 'new' | 'known';

  @OneOf(['warned', 'suspended', 'banned', 'pre-moderated', 'trusted'], {
    optional: true,
    description: "The author's standing now.",
  })
  standing?: string;

  @Text({ ...AGE, description: 'Waits for longer than this: `30m`, `4h`, `2d`.' }) older?: string;
  @Text({ ...AGE, description: 'Waits for no longer than this.' }) younger?: string;

  @OneOf(['asked'], { optional: true, description: 'Somebody wants a second opinion.' })
  opinion?: 'asked';
}

export class QueueRequest extends QueueFilterFields implements PageQuery {
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;

  @OneOf(QUEUE_STATES, { optional: true, name: 'QueueState', description: '`held` by default.' })
  state?: QueueState;

  @OneOf(QUEUE_SORTS, {
    optional: true,
    name: 'QueueSort',
    description: '`risk` by default: risk × reach × age.',
  })
  sort?: QueueSort;

  @Text({ optional: true, max: 1024, description: 'The `next` of the page before.' })
  cursor?: string;

  @QueryInt({ min: 1, max: 100, fallback: 20, description: 'Clamped to what is possible.' })
  limit: number = 20;
}

export class QueueCountRequest extends QueueFilterFields {
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;

  @OneOf(QUEUE_STATES, { optional: true, name: 'QueueState', description: '`held` by default.' })
  state?: QueueState;
}
