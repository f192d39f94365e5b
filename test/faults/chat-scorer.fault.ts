import { openChatServer, type ChatServer } from '../support/chat-server.js';
import { countIn } from '../support/database-locks.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { MAX_WAIT_MS, TEST_MS } from '../support/promise-checker.js';
import { createSite, type TestSite } from '../support/sites.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { startValkeyServer, type ValkeyServer } from '../support/valkey-server.js';

/** The local model gives it low scores. Only the verdict of the chat model holds it. */
const OFF_TOPIC = 'An offtopicword, by the way.';

const WORDS =
  'apple bread candle dragon engine forest garden hammer island jacket kettle lantern meadow needle orchard pencil quarry river saddle teapot umbrella violin window yacht zebra barn cloud drum eagle flute glove hill'.split(
    ' ',
  );

describe('a chat scorer with calls in progress', () => {
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
    site = await addSite(chat);
  }, TEST_MS);
  beforeEach(() => {
    chat.behaviour = 'hangs';
    chat.requests.length = 0;
  });
  afterAll(async () => {
    await product?.process.kill();
    await Promise.all([chat?.close(), proxy?.close(), valkey?.remove()]);
    await database?.drop();
  }, TEST_MS);

  const addSite = async ({ url }: ChatServer): Promise<TestSite> => {
    const added = await createSite({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    const { status } = await added.publisher('PUT', '/scorers/house-rules', {
      kind: 'chat',
      url,
      model: 'm',
      rules: 'Stay on the topic of the story.',
      band: { from: 0, to: 1 },
      timeoutMs: 5_000,
    });
    expect(status).toBe(200);
    return added;
  };
  const post = async (
    to = site,
    { reader = 'ann', story = 'talks', text = `${OFF_TOPIC} Number ${(n += 1)}.` } = {},
  ): Promise<string> => {
    await to.publisher('PUT', `/stories/${story}`, { url: `https://news.example/${story}`, title: story });
    const token = await to.token(reader);
    const path = `/sites/${to.id}/stories/${story}/comments`;
    const { status, body } = await to.reader(token, 'POST', path, { body: text });
    expect(status).toBe(202);
    return body.id;
  };
  const isReady = async (): Promise<boolean> => {
    const answer = await fetch(`${product.url}/health/ready`);
    return answer.ok && ((await answer.json()) as { status: string }).status === 'ready';
  };
  const expectHeldOnce = async (id: string): Promise<void> => {
    const countRows = (source: string) => countIn(database.url, source, [id]);
    await until(async () => (await countRows('decision WHERE comment_id = $1')) > 0, MAX_WAIT_MS);
    expect(await countRows(`comment WHERE id = $1 AND status = 'held'`)).toBe(1);
    expect(await countRows('decision WHERE comment_id = $1')).toBe(1);
  };

  it(
    'does not delay other sites while it hangs, regardless of the number of waiting comments',
    async () => {
      const otherChat = await openChatServer();
      try {
        const [slow, other] = await Promise.all([addSite(chat), addSite(otherChat)]);
        // Different readers, texts and stories, so that no local rule decides without a call of the model.
        await Promise.all(
          WORDS.map(async (word, index) => {
            const text = `My ${word} likes the ${WORDS[(index + 7) % WORDS.length]}, ${WORDS[(index + 13) % WORDS.length]} too.`;
            await post(slow, { reader: `fan-of-${word}`, story: word, text });
          }),
        );
        await until(() => chat.requests.length > 0, MAX_WAIT_MS);
        await expectHeldOnce(await post(other));
        expect(await countIn(database.url, 'decision WHERE site_id = $1', [slow.id])).toBe(0);
      } finally {
        await otherChat.close();
      }
    },
    TEST_MS,
  );

  it(
    'still decides the comment if PostgreSQL cannot be reached for a while',
    async () => {
      const id = await post();
      await until(() => chat.requests.length > 0, MAX_WAIT_MS);
      chat.behaviour = 'normal';
      proxy.cut('new');
      await until(async () => !(await isReady()), MAX_WAIT_MS);
      proxy.restore();
      await until(isReady, MAX_WAIT_MS);
      await expectHeldOnce(id);
    },
    TEST_MS,
  );

  it(
    'still decides the comment if Valkey is killed and started again',
    async () => {
      const id = await post();
      await until(() => chat.requests.length > 0, MAX_WAIT_MS);
      await valkey.kill();
      await until(async () => !(await isReady()), MAX_WAIT_MS);
      await valkey.start();
      await until(isReady, MAX_WAIT_MS);
      await expectHeldOnce(id);
    },
    TEST_MS,
  );
});
