import type { ProblemDescriptions } from './problem-description.js';

/** Problems of moderators' routes: decisions, readers, queues, samples, simulations. */
export const MODERATION_PROBLEMS = {
  'role-required': {
    status: 403,
    cause: 'Your role on the site does not allow this.',
    remedy: 'Ask an owner of the site to do it or to change your role.',
  },
  'whole-site-required': {
    status: 403,
    cause: 'This affects the whole site, and your role is limited to some sections.',
    remedy: 'Ask a colleague who moderates the whole site.',
  },
  'moderators-only': {
    status: 403,
    cause: 'This needs a moderator with a name, and a key was used.',
    remedy: 'Sign in to the console.',
  },
  'strict-story': {
    status: 403,
    cause: 'The story is in strict mode: only the moderators listed for it can decide or reply there.',
    remedy: 'Ask one of them, or have strict mode ended.',
  },
  'already-strict': {
    status: 409,
    cause: 'The story is already in strict mode with named moderators.',
    remedy: 'Send the list of moderators, or end strict mode first.',
  },
  'already-decided': {
    status: 409,
    cause: 'Somebody has already decided.',
    remedy: 'Load it again. `currentStatus` is the status of the comment now.',
  },
  'old-revision': {
    status: 409,
    cause: 'The author has edited the comment since you loaded it.',
    remedy: 'Read the new text and decide about `currentRevision`.',
  },
  'wrong-status': {
    status: 409,
    cause: 'The action is not possible for a comment with this status.',
    remedy: 'Load the comment again. `currentStatus` is its status now.',
  },
  'in-bulk': {
    status: 409,
    cause: 'A colleague has just included the comment in a bulk decision.',
    remedy: 'Wait until the bulk decision is done or undone.',
  },
  claimed: {
    status: 409,
    cause: 'A colleague has claimed the comment.',
    remedy: 'Leave it to the person in `claimedBy`, or wait until the claim ends.',
  },
  'own-comment': {
    status: 403,
    cause: 'You wrote the comment, so you may not decide about it.',
    remedy: 'Leave it to a colleague.',
  },
  'own-decision': {
    status: 403,
    cause: 'You made the decision that the author appeals, so you may not decide the appeal.',
    remedy: 'Leave it in the queue or escalate it.',
  },
  'own-account': {
    status: 403,
    cause: 'The reader is you, so you may not act on this account as a moderator.',
    remedy: 'Leave it to a colleague.',
  },
  'not-your-decision': {
    status: 403,
    cause: 'Only the moderator who made a decision can undo it.',
    remedy: 'Ask that moderator, or make a new decision about the comment.',
  },
  'already-undone': {
    status: 409,
    cause: 'The decision was already undone.',
    remedy: 'No action is needed.',
  },
  'not-undoable': {
    status: 409,
    cause: 'The decision is itself an undo, which cannot be undone.',
    remedy: 'Make a new decision about the comment.',
  },
  'undo-expired': {
    status: 409,
    cause: 'The time in which the decision could be undone has passed.',
    remedy: 'Make a new decision about each comment.',
  },
  'moved-on': {
    status: 409,
    cause: 'The comment has changed since the decision, so the decision cannot be undone.',
    remedy: 'Make a new decision about the comment.',
  },
  'nothing-to-decide': {
    status: 409,
    cause: 'None of the comments is waiting any more.',
    remedy: 'Load the list again.',
  },
  'not-waiting': {
    status: 409,
    cause: 'The comment is not in the moderation queue, so it needs no opinion.',
    remedy: 'Load the queue again.',
  },
  'already-changed': {
    status: 409,
    cause: 'Somebody else changed the standing of the reader at the same time.',
    remedy: 'Load the reader again and repeat the change if it is still needed.',
  },
  'too-many-queues': {
    status: 409,
    cause: 'The site already has as many saved queues as are allowed.',
    remedy: 'Delete one first.',
  },
  'not-your-queue': {
    status: 403,
    cause: 'Only the person who saved a queue and admins can change it.',
    remedy: 'Save a queue of your own, or ask an admin.',
  },
  'name-taken': {
    status: 409,
    cause: 'The site already has a saved queue with this name.',
    remedy: 'Choose another name.',
  },
  'not-published': {
    status: 409,
    cause: 'Only a published comment can be picked or pinned.',
    remedy: 'Approve or restore the comment first.',
  },
  'is-reply': {
    status: 409,
    cause: 'A reply cannot be pinned.',
    remedy: 'Pick it instead, or pin the comment that it replies to.',
  },
  touched: {
    status: 403,
    cause: 'You decided on the comment, gave an opinion on it or wrote it, so you may not review it.',
    remedy: 'Leave it to a colleague.',
  },
  'already-judged': {
    status: 409,
    cause: 'You have already reviewed this comment.',
    remedy: 'Go on with the next one.',
  },
  'sample-drawn-recently': {
    status: 409,
    cause: 'A sample was already drawn in the last 24 hours.',
    remedy: 'Review that sample first.',
  },
  'wrong-state': {
    status: 409,
    cause: 'The simulation of a policy is in a state that does not allow this.',
    remedy: 'Load it again. `currentState` is its state now.',
  },
} as const satisfies ProblemDescriptions;
