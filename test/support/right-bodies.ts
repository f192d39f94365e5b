/**
 * A body that is right, by operation, with as many of its members as make sense at once; what is wrong with a body is
 * made from these.
 */
export const rightBodies: Readonly<Record<string, unknown>> = {
  sitesCreate: { name: 'Paper', origins: ['https://paper.example'], signInUrl: 'https://paper.example/in' },
  sitesChange: { name: 'Paper', origins: ['https://paper.example'], signInUrl: null },
  sitesChangePolicy: {
    gate: { comment: 'signed-in' },
    moderation: {
      mode: 'score',
      thresholds: { toxicity: { hold: 0.8 } },
      wordLists: { banned: ['word'] },
      links: { max: 2, allow: ['paper.example'] },
    },
    quotas: { commentsPerDay: 5, tiers: { insider: { commentsPerDay: 9 } } },
    body: { maxChars: 5000 },
    reactions: ['like'],
    reasons: [{ code: 'spam', label: 'Spam', text: 'It is advertising.' }],
  },
  sitesReplaceTiers: [{ key: 'insider', name: 'Insider', rank: 10, upgradeUrl: null, badge: null }],
  ssoReplace: { family: 'hmac' },
  ssoRotate: { overlapSeconds: 60 },
  keysIssue: { name: 'a key', scopes: ['score'], sites: null },
  storiesPut: {
    url: 'https://paper.example/story-1',
    title: 'A story',
    topics: [{ type: 'ticker', key: 'ACME', name: 'Acme Corporation' }],
    policy: { gate: { comment: 'signed-in' } },
  },
  readersPut: { name: 'A reader' },
  sessionSignIn: { email: 'nobody@paper.example', password: 'a long enough password' },
  sessionSetUpAccount: {
    name: 'Somebody',
    email: 'somebody@paper.example',
    password: 'a long enough password',
  },
  entitlementsPut: { tier: 'insider', status: 'active', validUntil: null, graceUntil: null },
  entitlementsPutByKey: { tier: 'insider', status: 'active' },
  importStart: { items: [{ readerKey: 'reader-1', tier: 'insider', status: 'active', validUntil: null }] },
  inboundPut: { secret: 'whsec_c2VjcmV0IG9mIGEgc3BlYw==', tiers: { theirs: 'insider' } },
  inboundLogReplayAll: { since: '2026-01-01T00:00:00Z', outcomes: ['unmapped'] },
  inboundTake: { type: 'subscription.updated', timestamp: '2026-01-01T00:00:00Z', data: {} },
  ownAccountIgnore: { readerId: '0190d5a0-0000-7000-8000-000000000000' },
  ownCommentsPreview: { body: '**Bold** words.' },
  notificationsMarkRead: { upTo: '0190d5a0-0000-7000-8000-000000000000' },
  notificationsSetSettings: { replies: true, mentions: true, decisions: false },
  threadSubmit: { body: 'I call BS.' },
  commentsEdit: { body: 'I still call BS.' },
  flagsFlag: { reason: 'spam' },
  appealsAppeal: { text: 'Read it again.' },
  moderationDecide: {
    decisions: [{ commentId: '0190d5a0-0000-7000-8000-000000000000', revision: 1, action: 'approve' }],
  },
  moderationStanding: { standing: 'warned', reason: 'A word of warning.' },
  webhooksCreate: { url: 'http://127.0.0.1:9/', events: ['comment.published'] },
  webhooksChange: { events: ['comment.published'] },
  webhooksRecover: { since: '2026-01-01T00:00:00Z' },
};
