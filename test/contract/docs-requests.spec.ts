import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { generateCoral } from '../support/coral-export.js';
import { expectStatus, type Json } from '../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { openPerspective, PERSPECTIVE_KEY } from '../support/perspective-server.js';
import { printedRequests, type PrintedRequest } from '../support/documented-requests.js';
import { until } from '../support/processes.js';
import { readerToken } from '../support/sites.js';
import { tempFolder } from '../support/temp-folder.js';

/* Sends the requests of the `curl` commands from the docs for setting up Postbag and for migrating to it. */

let database: FreshDatabase;
let app: TestApp;
let site: { id: string; ssoSecret: string };

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  site = (
    await expectStatus(
      201,
      app.call<Json>('POST', '/api/v1/sites', {
        token: app.adminKey,
        body: { name: 'The Daily', origins: ['https://news.example'] },
      }),
    )
  ).body;
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const requestsIn = (page: string, more: Record<string, string> = {}): PrintedRequest[] =>
  printedRequests(page, {
    'https://postbag.example': app.url,
    'http://localhost:3000': app.url,
    $ADMIN_KEY: app.adminKey,
    $KEY: app.adminKey,
    $SITE: site.id,
    SITE_ID: site.id,
    ...more,
  });
/** Finds the only command whose URL ends with `end`, ignoring the query. */
function findRequest(requests: readonly PrintedRequest[], method: string, end: string): PrintedRequest {
  const matching = requests.filter((each) => each.method === method && each.url.split('?')[0].endsWith(end));
  if (matching.length !== 1)
    throw new Error(
      `${matching.length} commands for ${method} …${end}; there are ${requests.map(({ url }) => url).join(' ')}`,
    );
  return matching[0];
}
async function send(
  { method, url, headers, body }: PrintedRequest,
  file?: Uint8Array<ArrayBuffer>,
): Promise<{ status: number; body: Json }> {
  const answer = await fetch(url, { method, headers, body: file ?? body });
  return { status: answer.status, body: await answer.json() };
}

it('README.md: creates a site, its tiers and its gate, and ends a subscription', async () => {
  const requests = requestsIn('README.md');
  const created = await send(findRequest(requests, 'POST', '/sites'));
  expect([created.status, created.body]).toEqual([
    201,
    expect.objectContaining({ ssoSecret: expect.any(String) }),
  ]);
  for (const [method, end] of [
    ['PUT', '/tiers'],
    ['PATCH', '/policy'],
    ['PUT', '/entitlement'],
  ])
    expect([end, (await send(findRequest(requests, method, end))).status]).toEqual([end, 200]);
});

it('docs/entitlements.md, billing.md and policies.md: set rules, an exception, entitlements, seats and a billing system', async () => {
  const tiers = [
    { key: 'insider', name: 'Insider', rank: 20 },
    { key: 'insider-gold', name: 'Insider Gold', rank: 30 },
  ];
  await expectStatus(
    200,
    app.call('PUT', `/api/v1/sites/${site.id}/tiers`, { token: app.adminKey, body: tiers }),
  );
  const secrets = { 'whsec_…': `whsec_${'a'.repeat(32)}` };
  for (const [page, method, end] of [
    ['docs/entitlements.md', 'PATCH', '/policy'],
    ['docs/entitlements.md', 'PUT', '/overrides/election-week'],
    ['docs/entitlements.md', 'PUT', '/entitlement'],
    ['docs/entitlements.md', 'PUT', '/organisations/acme'],
    ['docs/entitlements.md', 'POST', '/tokens/check'],
    ['docs/billing.md', 'PUT', '/inbound/stripe'],
    ['docs/policies.md', 'PATCH', '/policy'],
  ])
    expect([page, end, (await send(findRequest(requestsIn(page, secrets), method, end))).status]).toEqual([
      page,
      end,
      200,
    ]);
});

it('docs/migrating-from-perspective.md: creates a key with an `unreadScore`, and scores a first text', async () => {
  const created = await send(findRequest(requestsIn('docs/migrating-from-perspective.md'), 'POST', '/keys'));
  expect([created.status, created.body.unread]).toEqual([201, { mode: 'score', value: 1 }]);
  const response = await send(
    findRequest(
      requestsIn('docs/migrating-from-perspective.md', { $KEY: created.body.key }),
      'POST',
      '/comments:analyze',
    ),
  );
  expect([response.status, Object.keys(response.body.attributeScores)]).toEqual([
    200,
    ['TOXICITY', 'INSULT'],
  ]);
});

describe('docs/migrating-from-coral.md', () => {
  it('does a dry run and then an import of an export', async () => {
    const folder = tempFolder();
    try {
      const path = await generateCoral(folder.path, { comments: 2_000, origin: 'https://news.example' });
      const file = new Uint8Array(readFileSync(path));
      const newSite = await send(findRequest(requestsIn('docs/migrating-from-coral.md'), 'POST', '/sites'));
      const requests = (importId = '') =>
        requestsIn('docs/migrating-from-coral.md', {
          SITE_ID: newSite.body.id,
          ...(importId && { IMPORT_ID: importId }),
        });
      const dryRun = findRequest(requests(), 'POST', '/imports');
      expect(dryRun.url).toContain('&dryRun');
      // Step 4: the same command without `&dryRun`.
      for (const request of [dryRun, { ...dryRun, url: dryRun.url.replace('&dryRun', '') }]) {
        const { status, body } = await send(request, file);
        expect(status).toBe(202);
        const statusRequest = findRequest(requests(body.id), 'GET', `/imports/${body.id}`);
        await until(async () => ['done', 'failed'].includes((await send(statusRequest)).body.state), 120_000);
        const { body: done } = await send(statusRequest);
        expect([done.state, done.dryRun]).toEqual(['done', request === dryRun]);
        expect(done.counts.comments.created).toBeGreaterThan(1_000);
        // The site was empty before. Deleted accounts are not imported.
        for (const [kind, { read, created, unchanged, skipped }] of Object.entries<Json>(done.counts))
          expect([kind, unchanged, created + skipped]).toEqual([kind, 0, read]);
      }
    } finally {
      folder.remove();
    }
  });

  it('verifies a token in the documented form', async () => {
    const token = await readerToken(site.ssoSecret, {
      sub: 'ann',
      name: 'Ann',
      email: 'ann@news.example',
      aud: site.id,
    });
    const request = findRequest(requestsIn('docs/migrating-from-coral.md'), 'POST', '/tokens/check');
    const { status, body } = await send({ ...request, body: request.body!.replace('…', token) });
    expect([status, body]).toMatchObject([200, { valid: true, problems: [] }]);
  });
});

it('docs/external-scorers.md: adds Perspective API in addition to the local model, and sets thresholds', async () => {
  const perspective = await openPerspective();
  try {
    const requests = requestsIn('docs/external-scorers.md', { YOUR_PERSPECTIVE_KEY: PERSPECTIVE_KEY });
    const added = await send(findRequest(requests, 'PUT', '/scorers/perspective'));
    expect([added.status, added.body]).toEqual([
      200,
      expect.objectContaining({ kind: 'perspective', enabled: false }),
    ]);
    const started = await send(findRequest(requests, 'POST', '/calibrations'));
    expect([started.status, started.body]).toEqual([
      201,
      expect.objectContaining({ state: 'running', maxComments: 2000 }),
    ]);
    expect((await send(findRequest(requests, 'PUT', '/scorers/newsroom'))).status).toBe(200);
  } finally {
    await perspective.close();
  }
});
