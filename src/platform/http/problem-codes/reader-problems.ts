import type { ProblemDescriptions } from './problem-description.js';

/** Problems of readers: the gate, comments, following. */
export const READER_PROBLEMS = {
  'signed-out': {
    status: 401,
    cause: 'Readers must sign in to do this, and the request has no reader token.',
    remedy: 'Sign the reader in and send a token. `url` is the sign-in page of the site, if it has one.',
  },
  'tier-required': {
    status: 403,
    cause: 'The reader needs a higher tier to do this.',
    remedy: 'Offer the tier in `requiredTier`; `url` is the page where the reader can subscribe.',
  },
  'entitlement-ended': {
    status: 403,
    cause: 'The reader had the required tier, but the entitlement was cancelled or has expired.',
    remedy: 'Offer to renew the tier in `requiredTier`; `url` is the page for that.',
  },
  'quota-exceeded': {
    status: 403,
    cause: 'The reader has already posted as many comments today as the policy of the site allows.',
    remedy: 'Wait for the seconds in `Retry-After`. The site sets the number in `quotas` of its policy.',
  },
  suspended: {
    status: 403,
    cause: 'A moderator has suspended the reader until a certain time.',
    remedy: 'Wait until the suspension ends. Moderators can end it earlier.',
  },
  banned: {
    status: 403,
    cause: 'A moderator has banned the reader from the site.',
    remedy: 'Only a moderator can lift the ban.',
  },
  'story-closed': {
    status: 403,
    cause: 'The story accepts no more comments.',
    remedy: 'The publisher can open it with `PUT /api/v1/sites/:site/stories/:storyKey`.',
  },
  'not-the-author': {
    status: 403,
    cause: 'Only the author of a comment can edit, delete or appeal it.',
    remedy: 'Use the token of the author.',
  },
  'edit-window-closed': {
    status: 409,
    cause: 'The time in which a comment can be changed has passed.',
    remedy: 'The site sets this time in `editWindowSeconds` of its policy.',
  },
  'not-editable': {
    status: 409,
    cause: 'The comment was rejected, removed or deleted, so it cannot be edited.',
    remedy: 'The author can appeal a rejection or removal.',
  },
  'parent-not-published': {
    status: 409,
    cause: 'The comment that the reply is for is not published, or is no longer published.',
    remedy: 'Load the thread again.',
  },
  'not-refused': {
    status: 409,
    cause: 'Only a rejected or removed comment can be appealed.',
    remedy: 'Load the comment again to see its status.',
  },
  'already-appealed': {
    status: 409,
    cause: 'The author has already appealed this decision.',
    remedy: 'Wait for the decision about the appeal.',
  },
  'too-many': {
    status: 409,
    cause: 'The reader already has as many entries of this list as are allowed.',
    remedy: 'Remove one first. `detail` names the limit.',
  },
  'alerts-exist': {
    status: 409,
    cause: 'A reader can have only one alert portfolio, and already has one.',
    remedy: 'Add the topics to the existing alert portfolio.',
  },
} as const satisfies ProblemDescriptions;
