/**
 * Jest's test sequencer for `npm test`. Slow specs run first, so that no worker is still busy with one when the others
 * are done. The rest are ordered by file size, as a rough estimate of their duration. When Jest is run directly, it uses
 * its own order.
 */
import { statSync } from 'node:fs';
import { sep } from 'node:path';

/** Slow specs, which mostly wait or test many cases. Slowest first. */
const SLOW_SPECS = [
  'webhooks/deliveries',
  'platform/embedded-postgres',
  'entitlements/imports',
  'platform/database-owner',
  'staff/operator-commands',
  'platform/trust-proxy',
  'stories/page-titles',
  'platform/jobs',
  'moderation/brigading',
  'platform/readiness',
  'scoring/external-scorers',
  'transfer/import-learning',
  'moderation/similar-decisions',
  'notifications/email',
  'transfer/coral-import',
  'scoring/calibrations',
  'scoring/site-models',
  'training/train-model',
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
