import { QUEUE_STATES, type CommentStatus, type QueueItem } from '../api-types.js';
import { decisionOptionsFor } from './decision-options.js';

const aComment = (status: CommentStatus) => ({ comment: { status } }) as QueueItem;
const actions = (status: CommentStatus, queue: (typeof QUEUE_STATES)[number]) => {
  const { approve, reject, escalate } = decisionOptionsFor(aComment(status), queue);
  return [approve?.action, reject?.action, escalate?.action];
};

describe('decisionOptionsFor', () => {
  it('offers all three decisions for a held comment', () => {
    expect(actions('held', 'held')).toEqual(['approve', 'reject', 'escalate']);
  });

  it('does not offer to escalate an escalated comment', () => {
    expect(QUEUE_STATES.map(() => actions('held', 'escalated')[2])).not.toContain('escalate');
  });

  it('offers to keep or remove a flagged comment', () => {
    expect(actions('published', 'flagged')).toEqual(['approve', 'remove', 'escalate']);
  });

  it('offers to uphold or overturn a decision on appeal', () => {
    expect(actions('rejected', 'appealed')).toEqual(['restore', 'reject', 'escalate']);
  });

  it('offers no decision on an appeal against one’s own rejection, and none at all to outsiders of a strict story', () => {
    const optionsWhenBarred = (barred: QueueItem['barred']) =>
      decisionOptionsFor({ ...aComment('rejected'), barred }, 'appealed');
    expect(optionsWhenBarred('own-decision')).toMatchObject({
      approve: null,
      reject: null,
      escalate: { action: 'escalate' },
    });
    expect(optionsWhenBarred('strict-story')).toEqual({ approve: null, reject: null, escalate: null });
  });

  it('offers no decision that would change nothing', () => {
    expect(actions('published', 'published')[0]).toBeUndefined();
    expect(actions('rejected', 'rejected')[1]).toBeUndefined();
    expect(actions('deleted', 'held')).toEqual([undefined, undefined, undefined]);
  });
});
