import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { startValkeyServer, type ValkeyServer } from '../../support/valkey-server.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let valkey: ValkeyServer;
let app: TestApp;

beforeAll(async () => {
  [database, valkey] = await Promise.all([freshDatabase(), startValkeyServer()]);
  app = await startApp({ databaseUrl: database.url, redisUrl: valkey.url, settings: { role: 'api' } });
});
afterAll(async () => {
  await app?.close();
  await valkey?.remove();
  await database?.drop();
});

const tryPassword = async (): Promise<number> =>
  (
    await app.call('POST', '/api/v1/console/session', {
      headers: { 'x-postbag-console': '1' },
      body: { email: 'ann@ledger.example', password: 'not the password' },
    })
  ).status;

it('keeps counting password attempts when Valkey is killed and when it is back', async () => {
  const answers = [await tryPassword(), await tryPassword(), await tryPassword()];
  await valkey.kill();
  for (let n = 0; n < 4; n++) answers.push(await tryPassword());
  await valkey.start();
  answers.push(await tryPassword());
  expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
});
