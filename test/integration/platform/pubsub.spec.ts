import { Redis } from 'ioredis';
import pg from 'pg';
import { MAX_MESSAGE_BYTES } from '../../../src/platform/pubsub/pubsub.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { startPlatform, type PlatformFixture } from '../../support/platform-fixture.js';
import { until } from '../../support/processes.js';

describeOnBothBackends({ name: 'pubsub', ownServer: true }, (backend) => {
  let platform: PlatformFixture;
  let remotePlatform: PlatformFixture;

  beforeAll(async () => {
    [platform, remotePlatform] = await Promise.all([
      startPlatform({ ...backend, role: 'api' }),
      startPlatform({ ...backend, role: 'api' }),
    ]);
  });
  afterAll(() => Promise.all([platform.close(), remotePlatform.close()]));

  const publish = (from: PlatformFixture, topic: string, message: string): Promise<void> =>
    from.database.inSystem((tx) => from.pubSub.publish(tx, topic, message));

  function collect(platform: PlatformFixture, topic: string): { messages: string[]; end: () => void } {
    const messages: string[] = [];
    return { messages, end: platform.pubSub.subscribe(topic, (message) => messages.push(message)) };
  }

  it('reaches listeners of this process right after the commit, and those of other processes soon', async () => {
    const local = collect(platform, 'site:1');
    const remote = collect(remotePlatform, 'site:1');
    await platform.database.inSystem(async (tx) => {
      await platform.pubSub.publish(tx, 'site:1', 'changed');
      expect(local.messages).toEqual([]);
    });
    expect(local.messages).toEqual(['changed']);
    await until(() => remote.messages.length > 0);
    // The process ignores the notification of its own message.
    await publish(remotePlatform, 'site:1', 'and back');
    await until(() => local.messages.length > 1);
    expect(local.messages).toEqual(['changed', 'and back']);
    expect(remote.messages).toEqual(['changed', 'and back']);
    local.end();
    remote.end();
  });

  it('publishes nothing from a transaction that was rolled back', async () => {
    const local = collect(platform, 'site:2');
    const remote = collect(remotePlatform, 'site:2');
    await platform.database
      .inSystem(async (tx) => {
        await platform.pubSub.publish(tx, 'site:2', 'never');
        throw new Error('no');
      })
      .catch(() => undefined);
    await publish(platform, 'site:2', 'after');
    await until(() => remote.messages.length > 0);
    expect(local.messages).toEqual(['after']);
    expect(remote.messages).toEqual(['after']);
    local.end();
    remote.end();
  });

  it('supports prefixes, and removes listeners that unsubscribe', async () => {
    const all = collect(remotePlatform, 'story:s:*');
    const one = collect(remotePlatform, 'story:s:1');
    const other = collect(remotePlatform, 'story:s');
    await publish(platform, 'story:s:1', 'a');
    await publish(platform, 'story:s:2', 'b c\nd');
    await until(() => all.messages.length === 2);
    expect(all.messages).toEqual(['a', 'b c\nd']);
    expect(one.messages).toEqual(['a']);
    one.end();
    await publish(platform, 'story:s:1', '');
    await until(() => all.messages.length === 3);
    expect(one.messages).toEqual(['a']);
    expect(other.messages).toEqual([]);
    all.end();
    other.end();
  });

  it('keeps the order of a burst, and carries messages up to the maximum length', async () => {
    const remote = collect(remotePlatform, 'burst');
    const sent = Array.from({ length: 1_000 }, (_, n) => String(n));
    await platform.database.inSystem(async (tx) => {
      for (const message of sent) await platform.pubSub.publish(tx, 'burst', message);
    });
    const long = 'é'.repeat((MAX_MESSAGE_BYTES - 'burst'.length - 1) / 2);
    await publish(platform, 'burst', long);
    await until(() => remote.messages.length > 1_000);
    expect(remote.messages).toEqual([...sent, long]);
    await expect(publish(platform, 'burst', 'x'.repeat(MAX_MESSAGE_BYTES))).rejects.toThrow(RangeError);
    remote.end();
  });

  it('still delivers to other listeners, and commits the writer’s transaction, if a listener throws', async () => {
    const end = platform.pubSub.subscribe('site:3', () => {
      throw new Error('broken listener');
    });
    const local = collect(platform, 'site:3');
    await publish(platform, 'site:3', 'x');
    expect(local.messages).toEqual(['x']);
    end();
    local.end();
  });

  it('reports a gap when the connection breaks, and continues', async () => {
    let gaps = 0;
    const end = remotePlatform.pubSub.onGap(() => (gaps += 1));
    const remote = collect(remotePlatform, 'gap');
    await breakConnections();
    // Once when the connection is lost and once when it is back.
    await until(() => gaps >= 2);
    await publish(platform, 'gap', 'still there');
    await until(() => remote.messages.length > 0);
    expect(remote.messages).toEqual(['still there']);
    end();
    remote.end();
  });

  async function breakConnections(): Promise<void> {
    if (backend.redisUrl !== null) {
      const redis = new Redis(backend.redisUrl);
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      redis.disconnect();
      return;
    }
    const client = new pg.Client({ connectionString: backend.databaseUrl });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'postbag bus'`,
    );
    await client.end();
  }
});
