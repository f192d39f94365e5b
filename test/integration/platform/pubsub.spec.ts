import { Redis } from 'ioredis';
import pg from 'pg';
import { MAX_MESSAGE_BYTES } from '../../../src/platform/pubsub/pubsub.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { startPlatform, type PlatformFixture } from '../../support/platform-fixture.js';
import { until } from '../../support/processes.js';

describeOnBothBackends({ name: 'pubsub', ownServer: true }, (backend) => {
  let here: PlatformFixture;
  let otherPlatform: PlatformFixture;

  beforeAll(async () => {
    [here, otherPlatform] = await Promise.all([
      startPlatform({ ...backend, role: 'api' }),
      startPlatform({ ...backend, role: 'api' }),
    ]);
  });
  afterAll(() => Promise.all([here.close(), otherPlatform.close()]));

  const publish = (from: PlatformFixture, topic: string, message: string): Promise<void> =>
    from.database.inSystem((tx) => from.pubSub.publish(tx, topic, message));

  function collect(platform: PlatformFixture, topic: string): { messages: string[]; end: () => void } {
    const messages: string[] = [];
    return { messages, end: platform.pubSub.subscribe(topic, (message) => messages.push(message)) };
  }

  it('reaches listeners of this process right after the commit, and those of other processes soon', async () => {
    const local = collect(here, 'site:1');
    const remote = collect(otherPlatform, 'site:1');
    await here.database.inSystem(async (tx) => {
      await here.pubSub.publish(tx, 'site:1', 'changed');
      expect(local.messages).toEqual([]);
    });
    expect(local.messages).toEqual(['changed']);
    await until(() => remote.messages.length > 0);
    // The process ignores the notification of its own message.
    await publish(otherPlatform, 'site:1', 'and back');
    await until(() => local.messages.length > 1);
    expect(local.messages).toEqual(['changed', 'and back']);
    expect(remote.messages).toEqual(['changed', 'and back']);
    local.end();
    remote.end();
  });

  it('publishes nothing from a transaction that was rolled back', async () => {
    const local = collect(here, 'site:2');
    const remote = collect(otherPlatform, 'site:2');
    await here.database
      .inSystem(async (tx) => {
        await here.pubSub.publish(tx, 'site:2', 'never');
        throw new Error('no');
      })
      .catch(() => undefined);
    await publish(here, 'site:2', 'after');
    await until(() => remote.messages.length > 0);
    expect(local.messages).toEqual(['after']);
    expect(remote.messages).toEqual(['after']);
    local.end();
    remote.end();
  });

  it('supports prefixes, and removes listeners that unsubscribe', async () => {
    const all = collect(otherPlatform, 'story:s:*');
    const one = collect(otherPlatform, 'story:s:1');
    const other = collect(otherPlatform, 'story:s');
    await publish(here, 'story:s:1', 'a');
    await publish(here, 'story:s:2', 'b c\nd');
    await until(() => all.messages.length === 2);
    expect(all.messages).toEqual(['a', 'b c\nd']);
    expect(one.messages).toEqual(['a']);
    one.end();
    await publish(here, 'story:s:1', '');
    await until(() => all.messages.length === 3);
    expect(one.messages).toEqual(['a']);
    expect(other.messages).toEqual([]);
    all.end();
    other.end();
  });

  it('keeps the order of a burst, and carries messages up to the maximum length', async () => {
    const remote = collect(otherPlatform, 'burst');
    const sent = Array.from({ length: 1_000 }, (_, n) => String(n));
    await here.database.inSystem(async (tx) => {
      for (const message of sent) await here.pubSub.publish(tx, 'burst', message);
    });
    const long = 'é'.repeat((MAX_MESSAGE_BYTES - 'burst'.length - 1) / 2);
    await publish(here, 'burst', long);
    await until(() => remote.messages.length > 1_000);
    expect(remote.messages).toEqual([...sent, long]);
    await expect(publish(here, 'burst', 'x'.repeat(MAX_MESSAGE_BYTES))).rejects.toThrow(RangeError);
    remote.end();
  });

  it('still delivers to other listeners, and commits the writer’s transaction, if a listener throws', async () => {
    const end = here.pubSub.subscribe('site:3', () => {
      throw new Error('broken listener');
    });
    const local = collect(here, 'site:3');
    await publish(here, 'site:3', 'x');
    expect(local.messages).toEqual(['x']);
    end();
    local.end();
  });

  it('reports a gap when the connection breaks, and continues', async () => {
    let gaps = 0;
    const end = otherPlatform.pubSub.onGap(() => (gaps += 1));
    const remote = collect(otherPlatform, 'gap');
    await breakConnections();
    // Once when the connection is lost and once when it is back.
    await until(() => gaps >= 2);
    await publish(here, 'gap', 'still there');
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
