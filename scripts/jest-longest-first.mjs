/**
 * The order of spec files in `npm test`. Specs known to be slow run first, so that no worker is left with a slow one
 * when the others are done. The rest are ordered by file size, a rough estimate of duration. Running Jest by hand
 * uses Jest's own order.
 */
import { statSync } from 'node:fs';
import { sep } from 'node:path';

/** These specs mostly wait or try many cases. Slowest first. */
const LONG = [
  'platform/embedded-process',
  'webhooks/deliveries',
  'promises/graceful-stop',
  'platform/jobs',
  'notifications/email',
  'promises/shared-work',
  'scoring/external-scorers',
  'scoring/calibrations',
  'entitlements/billing-integrations',
  'platform/embedded-postgres',
  'scoring/site-models',
  'moderation/queue',
  'moderation/opposite-decisions',
  'entitlements/billing-webhooks',
  'http/roles',
  'entitlements/gate-rules',
  'audit/audit',
  'moderation/policy-simulation',
  'training/train-model',
  'live/streams',
  'scoring/reader-history',
].map((name) => `/${name}.spec.ts`);

function rank(path) {
  const at = LONG.findIndex((name) => path.split(sep).join('/').endsWith(name));
  return at < 0 ? LONG.length : at;
}

export default class LongestFirst {
  sort(tests) {
    const known = tests.map((test) => ({ test, rank: rank(test.path), bytes: statSync(test.path).size }));
    return known.sort((a, b) => a.rank - b.rank || b.bytes - a.bytes).map(({ test }) => test);
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
