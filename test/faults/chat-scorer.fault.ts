import { openChatServer, type ChatServer } from '../support/chat-server.js';
import { countIn } from '../support/database-locks.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { MAX_WAIT_MS, TEST_MS } from '../support/promise-checker.js';
import { createSite, type TestSite } from '../support/sites.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { startValkeyServer, type ValkeyServer } from '../support/valkey-server.js';

/** The local model finds nothing in it. Only the chat model, which is asked about every text, holds it. */
const OFF_TOPIC = 'An offtopicword, by the way.';

describe('a chat scorer that is being asked', () => {
  let database: FreshDatabase;
  let valkey: ValkeyServer;
  let proxy: TcpProxy;
  let chat: ChatServer;
  let product: Product;
  let site: TestSite;
  let n = 0;

  beforeAll(async () => {
    [database, valkey, chat] = await Promise.all([freshDatabase(), startValkeyServer(), openChatServer()]);
    const url = new URL(database.url);
    proxy = await openTcpProxy(Number(url.port));
    url.port = String(proxy.port);
    product = await startProduct({
      databaseUrl: url.href,
      redisUrl: valkey.url,
      env: { LIMITS: 'off' },
    });
    site = await createSite({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    await site.publisher('PUT', '/stories/talks', { url: 'https://news.example/talks', title: 'Talks' });
    const { status } = await site.publisher('PUT', '/scorers/house-rules', {
      kind: 'chat',
      url: chat.url,
      model: 'm',
      rules: 'Stay on the topic of the story.',
      band: { from: 0, to: 1 },
      timeoutMs: 5_000,
    });
    expect(status).toBe(200);
  }, TEST_MS);
  beforeEach(() => {
    chat.behaviour = 'hangs';
    chat.requests.length = 0;
  });
  afterAll(async () => {
    await product?.process.kill9();
    await Promise.all([chat?.close(), proxy?.close(), valkey?.remove()]);
    await database?.drop();
  }, TEST_MS);

  const post = async (): Promise<string> => {
    const { status, body } = await site.reader(
      await site.token('ann'),
      'POST',
      `/sites/${site.id}/stories/talks/comments`,
      { body: `${OFF_TOPIC} Number ${(n += 1)}.` },
    );
    expect(status).toBe(202);
    await until(() => chat.requests.length > 0, MAX_WAIT_MS);
    return body.id;
  };
  const isReady = async (): Promise<boolean> => {
    const answer = await fetch(`${product.url}/health/ready`);
    return answer.ok && ((await answer.json()) as { status: string }).status === 'ready';
  };
  const expectHeldOnce = async (id: string): Promise<void> => {
    const of = (what: string) => countIn(database.url, what, [id]);
    await until(async () => (await of('decision WHERE comment_id = $1')) > 0, MAX_WAIT_MS);
    expect(await of(`comment WHERE id = $1 AND status = 'held'`)).toBe(1);
    expect(await of('decision WHERE comment_id = $1')).toBe(1);
  };

  it(
    'while PostgreSQL goes away: the comment is decided once PostgreSQL is back',
    async () => {
      const id = await post();
      chat.behaviour = 'well';
      proxy.cut('new');
      await until(async () => !(await isReady()), MAX_WAIT_MS);
      proxy.restore();
      await until(isReady, MAX_WAIT_MS);
      await expectHeldOnce(id);
    },
    TEST_MS,
  );

  it(
    'while Valkey goes away: the comment is decided',
    async () => {
      const id = await post();
      await valkey.kill();
      await until(async () => !(await isReady()), MAX_WAIT_MS);
      await valkey.start();
      await until(isReady, MAX_WAIT_MS);
      await expectHeldOnce(id);
    },
    TEST_MS,
  );
});
