import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caller } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { startProcess, until, type RunningProcess } from '../../support/processes.js';
import { PRODUCT_ADMIN_KEY } from '../../support/product.js';
import { tempFolder } from '../../support/temp-folder.js';
import { PATIENCE_MS, TEST_MS, Witness, type Via } from './witness.js';

describeOnBothBackends('PostgreSQL that is killed under posting', (backend) => {
  const temp = tempFolder();
  const postmaster = (): number =>
    Number(readFileSync(join(temp.path, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  let product: RunningProcess;
  let witness: Witness;
  let via: Via;

  beforeAll(async () => {
    // With a server of its own, which it starts again by itself.
    product = await startProcess(
      {
        env: {
          DATA_DIR: temp.path,
          ADMIN_KEY: PRODUCT_ADMIN_KEY,
          DEMO: 'false',
          LIMITS: 'off',
          LOG_LEVEL: 'warn',
          OUTBOUND_ALLOW: '127.0.0.0/8',
          ...(backend.redisUrl === null ? {} : { REDIS_URL: backend.redisUrl }),
        },
      },
      PATIENCE_MS,
    );
    via = { call: caller(product.url) };
    witness = await Witness.open(via);
  }, TEST_MS);
  afterAll(async () => {
    await witness?.close();
    await product.stop();
    temp.remove();
  }, TEST_MS);

  it(
    'comes back, posting goes on, and nothing accepted is lost or decided twice',
    async () => {
      witness.watch(() => via);
      const killed = postmaster();
      const posting = witness.postAll(() => via, 0, 60);
      await until(() => witness.accepted.size >= 15, PATIENCE_MS);
      process.kill(killed, 'SIGKILL');
      await posting.catch((error: Error) => {
        throw new Error(`${error.message}\n${product.output()}`);
      });
      await witness.expectPromisesKept(via);
      expect(witness.accepted.size).toBe(60);
      expect(postmaster()).not.toBe(killed);
    },
    TEST_MS,
  );
});
