import { Id, OneOf, PageQuery, QueryInt, Text } from '../../platform/http/fields.js';
import { FILTER_AGE, SUGGESTED_USES, type QueueFilter, type SuggestedUse } from './queue-filter.js';
import { QUEUE_SORTS, QUEUE_STATES, type QueueSort, type QueueState } from './queue-states.js';

const AGE = {
  optional: true,
  max: 5,
  pattern: FILTER_AGE,
  patternMessage: 'an age must be a number with a unit, such as 30m, 4h or 2d',
};

/** Filters a list. A comment must match every member that is set. */
export class QueueFilterFields implements QueueFilter {
  @Text({ optional: true, max: 200, description: 'Section of the story.' }) section?: string;
  @Text({ optional: true, max: 512, description: "The publisher's key of the story." }) story?: string;
  @Text({ optional: true, max: 200, description: 'Key of the topic.' }) topic?: string;
  @Text({ optional: true, max: 64, description: "The author's effective tier when the comment was written." })
  tier?: string;

  @Text({
    optional: true,
    min: 2,
    max: 3,
    pattern: /^[a-z]{2,3}$/,
    patternMessage: 'a language must be a code such as en, de or und',
    description: 'ISO 639-1, or `und`.',
  })
  language?: string;

  @Text({ optional: true, max: 64, description: 'Key of the rule that decided last.' }) rule?: string;

  @OneOf(['new', 'known'], {
    optional: true,
    description:
      '`new`: when the comment was written, the author had fewer than three published comments or was known for less than a day.',
  })
  readers?: 'new' | 'known';

  @OneOf(['warned', 'suspended', 'banned', 'pre-moderated', 'trusted'], {
    optional: true,
    description: "The author's current standing.",
  })
  standing?: string;

  @Text({ ...AGE, description: 'Has waited longer than this: `30m`, `4h`, `2d`.' }) older?: string;
  @Text({ ...AGE, description: 'Has waited no longer than this.' }) younger?: string;

  @OneOf(['requested'], { optional: true, description: 'A moderator asked for a second opinion.' })
  opinion?: 'requested';

  @Id({ optional: true, description: 'A group of comments from `GET /moderation/brigades`.' })
  brigade?: string;

  @OneOf(SUGGESTED_USES, {
    optional: true,
    name: 'SuggestedUse',
    description:
      '`pick`: argues well for its length, is about the story and is not picked yet; `question`: asks what the newsroom or the author could answer, and staff have not answered it; `newsroom`: a correction or a tip. English comments only.',
  })
  suggested?: SuggestedUse;
}

export class QueueRequest extends QueueFilterFields implements PageQuery {
  @Id({ optional: true, description: 'One site. If omitted, every site that the caller moderates.' })
  site?: string;

  @OneOf(QUEUE_STATES, { optional: true, name: 'QueueState', description: 'Defaults to `held`.' })
  state?: QueueState;

  @OneOf(QUEUE_SORTS, {
    optional: true,
    name: 'QueueSort',
    description:
      'Defaults to `risk`: risk × reach × age for waiting comments, and the risk alone for decided ones.',
  })
  sort?: QueueSort;

  @Text({ optional: true, max: 1024, description: 'The `next` value of the previous page.' })
  cursor?: string;

  @QueryInt({ min: 1, max: 100, fallback: 20, description: 'Clamped to the allowed range.' })
  limit: number = 20;
}

export class QueueCountRequest extends QueueFilterFields {
  @Id({ optional: true, description: 'One site. If omitted, every site that the caller moderates.' })
  site?: string;

  @OneOf(QUEUE_STATES, { optional: true, name: 'QueueState', description: 'Defaults to `held`.' })
  state?: QueueState;
}
