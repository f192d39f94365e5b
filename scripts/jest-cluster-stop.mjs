import { rmSync } from 'node:fs';

/** Stops what `jest-cluster.mjs` started. */
export default async function teardown() {
  const cluster = globalThis.postbagCluster;
  if (!cluster) return;
  globalThis.postbagCluster = undefined;
  cluster.valkey.stop();
  await cluster.postgres.stop();
  rmSync(cluster.folder, { recursive: true, force: true });
}
