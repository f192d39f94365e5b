/**
 * Jest's test sequencer for `npm test`. Slow specs run first, so that no worker is still busy with one when the others
 * are done. The rest are ordered by file size, as a rough estimate of their duration. When Jest is run directly, it uses
 * its own order.
 */
import { statSync } from 'node:fs';
import { sep } from 'node:path';

/** Slow specs, which mostly wait or test many cases. Slowest first. */
const SLOW_SPECS = [
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
  const index = SLOW_SPECS.findIndex((name) => path.split(sep).join('/').endsWith(name));
  return index < 0 ? SLOW_SPECS.length : index;
}

export default class LongestFirst {
  sort(tests) {
    const ranked = tests.map((test) => ({ test, rank: rank(test.path), bytes: statSync(test.path).size }));
    return ranked.sort((a, b) => a.rank - b.rank || b.bytes - a.bytes).map(({ test }) => test);
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
