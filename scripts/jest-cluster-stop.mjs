import { rmSync } from 'node:fs';

/** Stops the servers that `jest-cluster.mjs` started, and removes their folder. */
export default async function teardown() {
  const cluster = globalThis.postbagCluster;
  if (!cluster) return;
  globalThis.postbagCluster = undefined;
  cluster.valkey.stop();
  await cluster.postgres.stop();
  rmSync(cluster.folder, { recursive: true, force: true });
}
