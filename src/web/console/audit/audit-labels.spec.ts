import { expect, it } from '@jest/globals';
import { actionText, detailText } from './audit-labels.js';

it.each([
  ['comment.reject', 'rejected a comment'],
  ['saved-queue.made', 'added saved queue'],
  ['something.new', 'new something'],
])('labels %s as “%s”', (action, words) => expect(actionText(action)).toBe(words));

it('shows what changed and leaves out internal ids', () =>
  expect(
    detailText('story.changed', {
      decision: '1',
      state: ['open', 'closed'],
      policy: null,
      secrets: 'replaced',
    }),
  ).toBe('state: open → closed · policy: none · secrets: replaced'));

it('joins several values into a list', () =>
  expect(detailText('webhook.made', { events: ['a', 'b'], tiers: [{ key: 'gold', name: 'Gold' }] })).toBe(
    'events: a, b · tiers: Gold',
  ));
