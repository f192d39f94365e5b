import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caller } from '../support/caller.js';
import { startProcess, until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY } from '../support/product.js';
import { tempFolder } from '../support/temp-folder.js';
import { itOnBothBackendsInParallel } from '../support/parallel-backends.js';
import { MAX_WAIT_MS, PromiseChecker } from '../support/promise-checker.js';

describe('PostgreSQL killed while comments are posted', () => {
  itOnBothBackendsInParallel(
    'restarts, comments can be posted again, and no accepted comment is lost or decided twice',
    async ({ redisUrl }, cleanups) => {
      const temp = tempFolder();
      cleanups.push(async () => temp.remove());
      const postmaster = (): number =>
        Number(readFileSync(join(temp.path, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
      // The server runs an embedded PostgreSQL server and restarts it automatically.
      const env = {
        DATA_DIR: temp.path,
        ADMIN_KEY: PRODUCT_ADMIN_KEY,
        DEMO: 'false',
        LIMITS: 'off',
        LOG_LEVEL: 'warn',
        OUTBOUND_ALLOW: '127.0.0.0/8',
        ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
      };
      const product = await startProcess({ env }, MAX_WAIT_MS);
      cleanups.push(() => product.stop());
      const target = { call: caller(product.url) };
      const checker = await PromiseChecker.open(target);
      cleanups.push(() => checker.close());
      checker.watch(() => target);

      const killed = postmaster();
      const posting = checker.postAll(() => target, 0, 60);
      await until(() => checker.accepted.size >= 15, MAX_WAIT_MS);
      process.kill(killed, 'SIGKILL');
      await posting.catch((error: Error) => {
        throw new Error(`${error.message}\n${product.output()}`);
      });
      await checker.expectPromisesHold(target);
      expect(checker.accepted.size).toBe(60);
      expect(postmaster()).not.toBe(killed);
      // The only allowed server error is 503, which clients retry.
      expect([...checker.refusals].filter((status) => status >= 500 && status !== 503)).toEqual([]);
    },
  );
});
