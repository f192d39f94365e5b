import { Webhook } from 'standardwebhooks';
import { BrigadeRepository } from '../../src/features/moderation/brigades/brigade.repository.js';
import { Database } from '../../src/platform/database/database.js';
import { newId, type BrigadeId, type CommentId, type StoryId } from '../../src/platform/ids.js';
import { systemContext } from '../../src/platform/tenancy/site-context.js';
import type { TestApp } from './app.js';
import { Conversation } from './conversation.js';
import { expectStatus } from './site-fixture.js';

/** A site that has one resource of each kind that occurs in the path of a route. */
export interface CompleteSite {
  readonly conversation: Conversation;
  /** A publisher key for only this site, with the scopes publisher and moderation. */
  readonly key: string;
  /** The token of the comment's author. */
  readonly token: string;
  /** Values for the parameters in an operation's path. */
  params(path: string): Record<string, string>;
}

export async function createCompleteSite(app: TestApp, sub: string): Promise<CompleteSite> {
  const conversation = await Conversation.open(app);
  await expectStatus(
    200,
    conversation.publisher('PUT', '/tiers', [{ key: 'insider', name: 'Insider', rank: 10 }]),
  );
  const token = await conversation.token(sub);
  const comment = await conversation.published(token);
  const { body: reader } = await conversation.publisher('GET', `/readers/${sub}`);
  for (const which of ['entitlement', 'entitlements/second']) {
    const entitlement = { tier: 'insider', status: 'active' };
    await expectStatus(200, conversation.publisher('PUT', `/readers/${sub}/${which}`, entitlement));
  }
  const acme = { name: 'Acme', seats: 5, tier: 'insider', status: 'active' };
  await expectStatus(200, conversation.publisher('PUT', '/organisations/second', acme));
  await expectStatus(200, conversation.publisher('PUT', `/organisations/second/seats/${sub}`));
  const secret = 'whsec_c2VjcmV0IG9mIGEgc3BlYw==';
  await expectStatus(200, conversation.publisher('PUT', '/inbound/generic', { secret }));
  await expectStatus(
    200,
    conversation.publisher('PUT', '/overrides/second', { policy: { editWindowSeconds: 60 } }),
  );
  const lookUp = { url: 'http://127.0.0.1:9/', whenDown: 'nothing' };
  await expectStatus(200, conversation.publisher('PUT', '/lookup', lookUp));
  await expectStatus(200, conversation.publisher('PUT', '/coral/moderation-phase', { secret }));
  const push = await pushOnce(app, conversation, secret);
  const { body: started } = await expectStatus(
    202,
    conversation.publisher('POST', '/entitlements/imports', {
      items: [{ readerKey: sub, tier: 'no-such-tier', status: 'active' }],
    }),
  );
  const { body: webhook } = await expectStatus(
    201,
    conversation.publisher('POST', '/webhooks', {
      url: 'http://127.0.0.1:9/',
      events: ['comment.published'],
    }),
  );
  await expectStatus(
    200,
    conversation.publisher('PUT', '/scorers/second', {
      kind: 'signed-http',
      url: 'http://127.0.0.1:9/',
      enabled: false,
    }),
  );
  const decision = await expectStatus(
    200,
    app.call<{ results: { decisionId: string }[] }>('POST', '/api/v1/moderation/decisions', {
      token: app.adminKey,
      body: { decisions: [{ commentId: comment, revision: 1, action: 'escalate' }] },
    }),
  );
  const callConsole = <T>(path: string, body: object) =>
    app.call<T>('POST', `/api/v1/moderation/${path}`, {
      token: app.adminKey,
      body: { site: conversation.siteId, ...body },
    });
  const { body: saved } = await expectStatus(
    201,
    callConsole<{ id: string }>('saved-queues', { name: sub, state: 'held' }),
  );
  const { body: bulk } = await expectStatus(
    202,
    callConsole<{ id: string }>('bulk-decisions', { action: 'approve', list: { state: 'escalated' } }),
  );
  await expectStatus(200, callConsole(`bulk-decisions/${bulk.id}/undo`, {}));
  const { body: made } = await expectStatus(
    201,
    app.call<{ id: string; key: string }>('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: { name: sub, scopes: ['publisher', 'moderation'], sites: [conversation.siteId] },
    }),
  );
  const { body: invited } = await expectStatus(
    201,
    conversation.publisher('POST', '/moderators', { name: sub, role: 'viewer' }),
  );
  const topics = [{ type: 'ticker', key: 'ACME', name: 'Acme Corporation' }];
  await expectStatus(
    200,
    conversation.publisher('PUT', `/stories/about-acme-${sub}`, {
      url: 'https://paper.example/acme',
      title: 'Acme',
      topics,
    }),
  );
  const { body: portfolio } = await expectStatus(
    201,
    app.call<{ id: string }>('POST', '/api/v1/me/portfolios', {
      token,
      body: { name: sub, topics: [{ type: 'ticker', key: 'ACME' }] },
    }),
  );
  const { body: story } = await conversation.publisher('GET', `/stories/${conversation.storyKey}`);
  const brigade = await createBrigade(app, conversation, story.id as StoryId, comment as CommentId);
  const { body: replay } = await expectStatus(
    202,
    conversation.publisher('POST', '/policy/replays', { policy: {}, comments: 10 }),
  );
  await expectStatus(200, conversation.publisher('PUT', '/policy/shadow', { policy: {} }));
  const { body: calibration } = await expectStatus(
    201,
    conversation.publisher('POST', '/calibrations', { from: 'shipped', to: 'local' }),
  );
  const { body: notice } = await expectStatus(
    201,
    app.call<{ id: string; reference: string }>('POST', `/api/v1/comments/${comment}/notices`, {
      body: { reason: 'other', explanation: 'It breaks the law.', goodFaith: true },
    }),
  );
  const ids: readonly [RegExp, string][] = [
    [/\/moderation\/notices\/\{id\}/, notice.id],
    [/\/webhooks\/\{id\}/, webhook.id],
    [/\/log\/\{id\}/, push],
    [/\/imports\/\{id\}/, started.id],
    [/\/bulk-decisions\/\{id\}/, bulk.id],
    [/\/brigades\/\{id\}/, brigade],
    [/\/saved-queues\/\{id\}/, saved.id],
    [/\/decisions\/\{id\}/, decision.body.results[0].decisionId],
    [/\/(moderation\/readers|me\/ignored)\/\{id\}/, reader.id],
    [/\/moderation\/stories\/\{id\}/, story.id],
    [/\/comments\/\{id\}/, comment],
  ];
  return {
    conversation,
    key: made.key,
    token,
    params: (path) => ({
      site: conversation.siteId,
      storyKey: conversation.storyKey,
      coralComment: 'none-was-imported',
      readerKey: sub,
      kind: 'like',
      portfolio: portfolio.id,
      reference: notice.reference,
      type: 'ticker',
      topicKey: 'ACME',
      provider: 'generic',
      moderator: invited.moderator.id,
      // Only a moderator sees their own sessions. No session has this ID.
      session: '0190d5a0-0000-7000-8000-000000000000',
      delivery: '0190d5a0-0000-7000-8000-000000000000',
      // A model is trained only after many decisions. No model has this ID.
      model: '0190d5a0-0000-7000-8000-000000000000',
      replay: replay.id,
      calibration: calibration.id,
      // Only jobs draw samples. No sample has this ID.
      sample: '0190d5a0-0000-7000-8000-000000000000',
      label: 'insult',
      tier: 'insider',
      // Only a moderator sees their own passkeys. No passkey has this ID.
      passkey: '0190d5a0-0000-7000-8000-000000000000',
      version: '1',
      other: '2',
      key: path.startsWith('/api/v1/keys') ? made.id : 'second',
      id: ids.find(([where]) => where.test(path))?.[1] ?? '',
    }),
  };
}

/** Sends a billing message that changes nothing. @returns its ID in the webhook log */
async function pushOnce(app: TestApp, conversation: Conversation, secret: string): Promise<string> {
  const at = new Date();
  const body = JSON.stringify({ type: 'invoice.paid', timestamp: at.toISOString(), data: {} });
  const headers = {
    'webhook-id': 'push-1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('push-1', at, body),
  };
  const path = `/api/v1/sites/${conversation.siteId}/inbound/generic`;
  await expectStatus(200, app.call('POST', path, { body, headers }));
  const log = await expectStatus(200, conversation.publisher('GET', '/inbound/generic/log'));
  return (log.body as { items: { id: string }[] }).items[0].id;
}

/** Inserts a brigade with one comment. A real one would need many readers. */
async function createBrigade(
  { app }: TestApp,
  { siteId }: Conversation,
  storyId: StoryId,
  commentId: CommentId,
): Promise<BrigadeId> {
  const id = newId<'brigade'>();
  const ctx = systemContext(siteId, 'complete-site');
  const brigades = app.get(BrigadeRepository, { strict: false });
  await app.get(Database, { strict: false }).inSite(ctx, async (tx) => {
    const at = new Date();
    await brigades.insert(tx, ctx, { id, kind: 'story', storyId, minutes: 10, startedAt: at, lastAt: at });
    brigades.addComments(tx, ctx, id, [commentId]);
  });
  return id;
}
