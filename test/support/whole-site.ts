import type { TestApp } from './app.js';
import { Conversation } from './conversation.js';
import { expectStatus } from './newsroom.js';

/** A site with one of each thing that an address can name. */
export interface WholeSite {
  readonly talk: Conversation;
  /** A publisher key for this site alone, with the scopes publisher and moderation. */
  readonly key: string;
  /** The token of the reader who wrote the comment. */
  readonly token: string;
  /** What stands in the braces of an operation's path. */
  params(path: string): Record<string, string>;
}

export async function aWholeSite(app: TestApp, sub: string): Promise<WholeSite> {
  const talk = await Conversation.open(app);
  await expectStatus(200, talk.publisher('PUT', '/tiers', [{ key: 'insider', name: 'Insider', rank: 10 }]));
  const token = await talk.token(sub);
  const comment = await talk.published(token);
  const { body: reader } = await talk.publisher('GET', `/readers/${sub}`);
  for (const which of ['entitlement', 'entitlements/second']) {
    const told = { tier: 'insider', status: 'active' };
    await expectStatus(200, talk.publisher('PUT', `/readers/${sub}/${which}`, told));
  }
  await expectStatus(
    200,
    talk.publisher('PUT', '/inbound/generic', { secret: 'whsec_c2VjcmV0IG9mIGEgc3BlYw==' }),
  );
  const { body: webhook } = await expectStatus(
    201,
    talk.publisher('POST', '/webhooks', { url: 'http://127.0.0.1:9/', events: ['comment.published'] }),
  );
  const decision = await expectStatus(
    200,
    app.call<{ results: { decisionId: string }[] }>('POST', '/api/v1/moderation/decisions', {
      token: app.adminKey,
      body: { decisions: [{ commentId: comment, revision: 1, action: 'escalate' }] },
    }),
  );
  const { body: made } = await expectStatus(
    201,
    app.call<{ id: string; key: string }>('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: { name: sub, scopes: ['publisher', 'moderation'], sites: [talk.siteId] },
    }),
  );
  const { body: invited } = await expectStatus(
    201,
    talk.publisher('POST', '/moderators', { name: sub, role: 'viewer' }),
  );
  const ids: readonly [RegExp, string][] = [
    [/\/webhooks\/\{id\}/, webhook.id],
    [/\/decisions\/\{id\}/, decision.body.results[0].decisionId],
    [/\/(moderation\/readers|me\/ignored)\/\{id\}/, reader.id],
    [/\/comments\/\{id\}/, comment],
  ];
  return {
    talk,
    key: made.key,
    token,
    params: (path) => ({
      site: talk.siteId,
      storyKey: talk.storyKey,
      readerKey: sub,
      kind: 'like',
      provider: 'generic',
      moderator: invited.moderator.id,
      // Only its own reader, a moderator, sees one; here it names none.
      session: '0190d5a0-0000-7000-8000-000000000000',
      delivery: '0190d5a0-0000-7000-8000-000000000000',
      key: path.startsWith('/api/v1/keys') ? made.id : 'second',
      id: ids.find(([where]) => where.test(path))?.[1] ?? '',
    }),
  };
}
