import { startApp, type TestApp } from '../support/app.js';
import { Conversation } from '../support/conversation.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { expectRecorded, withoutVariableParts } from '../support/recordings.js';

let database: FreshDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

it('returns comments and threads in the published shape', async () => {
  const conversation = await Conversation.open(app);
  await conversation.publisher('PUT', '/tiers', [
    { key: 'insider-gold', name: 'Insider Gold', rank: 30, upgradeUrl: 'https://paper.example/gold' },
  ]);
  await conversation.setPolicy({ gate: { reply: 'insider-gold' } });
  await conversation.setStory({ topics: [{ type: 'ticker', key: 'ACME', name: 'Acme Corporation' }] });
  const anna = await conversation.token('anna', { name: 'Anna', tier: 'insider-gold' });
  const ben = await conversation.token('ben', { name: 'Ben' });

  const pending = (await conversation.post(anna, 'I *call* BS: https://paper.example/dates')).body;
  await conversation.move(pending.id, 'pending', 'published');
  const reply = await conversation.published(anna, 'Observe the dates.', pending.id);
  const gone = await conversation.published(anna, 'Never mind.');
  await conversation.published(anna, 'I do mind.', gone);
  await conversation.comment('DELETE', gone, { token: anna });
  const refused = (await conversation.post(anna, 'Buy followers.')).body;
  await conversation.move(refused.id, 'pending', 'rejected');
  await conversation.comment('PUT', pending.id, { path: '/reactions/like', token: ben });

  const read = async (id: string, token?: string): Promise<unknown> =>
    (await conversation.comment('GET', id, token ? { token } : {})).body;
  expectRecorded(
    'comments',
    withoutVariableParts({
      'posted, as its author sees it': pending,
      'published, as everybody sees it': await read(pending.id),
      'published, as a reader sees it who reacted': await read(pending.id, ben),
      'a reply': await read(reply),
      'deleted, over a visible reply': await read(gone),
      'rejected, as its author sees it': await read(refused.id, anna),
      'the replies of a comment': (await conversation.comment('GET', pending.id, { path: '/replies' })).body,
    }),
  );
  expectRecorded(
    'thread',
    withoutVariableParts({
      'signed out': (await conversation.thread('?sort=oldest&limit=1')).body,
      'for a reader': (await conversation.thread('?sort=oldest&limit=1', ben)).body,
      counts: (
        await app.call('GET', `/api/v1/sites/${conversation.siteId}/counts?story=${conversation.storyKey}`)
      ).body,
      me: (await app.call('GET', '/api/v1/me', { token: anna })).body,
    }),
  );
});
