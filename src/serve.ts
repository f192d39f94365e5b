import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { DemoPlugin } from './demo/demo.plugin.js';
import { SessionsService } from './features/staff/sessions.service.js';
import { ScoringPipelineService } from './features/scoring/scoring-pipeline.service.js';
import { listenProblem } from './platform/config/listen-problem.js';
import type { Settings } from './platform/config/settings.js';
import { Connections } from './platform/http/connections.js';
import { JobRunner } from './platform/jobs/job-runner.js';
import { Readiness } from './platform/observability/readiness.js';
import type { OpenRuntime } from './runtime.js';

/** A running server process, with the values shown in the startup message. */
export interface RunningProcess {
  readonly settings: Settings;
  /** One-time link to sign in to the console; null for a worker. */
  readonly signInLink: string | null;
  readonly adminKey: string;
  readonly adminKeyIsNew: boolean;
  /**
   * Reports `not-ready` and takes no new jobs, then stops everything in order: HTTP, workers, pools, PostgreSQL.
   *
   * @param drain whether requests are served for another `drainSeconds` first, so that load balancers can notice
   */
  stop(options: { readonly drain: boolean }): Promise<void>;
}

/** The demo calls the API over HTTP like any publisher's server, so it starts after the server listens. */
async function openDemo(demo: DemoPlugin | null, settings: Settings, adminKey: string): Promise<void> {
  if (!demo) return;
  const host = ['0.0.0.0', '::'].includes(settings.host) ? '127.0.0.1' : settings.host;
  const apiUrl = `http://${host.includes(':') ? `[${host}]` : host}:${settings.port}`;
  const stateFile = join(settings.dataDir, 'demo.json');
  const log = new Logger('demo');
  await demo.open({ apiUrl, publicUrl: settings.publicUrl, adminKey, stateFile }, (error) =>
    log.warn({ event: 'demo.seeding-failed', error }),
  );
}

/**
 * Starts modules, HTTP and the demo on an open runtime. Stopping the returned process also closes the runtime.
 *
 * @throws StartupError with the remedy; the caller must then close the runtime
 */
export async function serve(opened: OpenRuntime, withDemo: boolean): Promise<RunningProcess> {
  const demo = withDemo ? new DemoPlugin() : null;
  const { runtime, cleanups, logger, adminKeyIsNew } = opened;
  const { settings, adminKey } = runtime;
  const app = await createApp(runtime, logger, demo);
  cleanups.push(() => app.close());
  // Coral waits only 0.2 s for a response, and the first text would take longer without this.
  await app.get(ScoringPipelineService, { strict: false }).warmUp();
  await app.listen(settings.port, settings.host).catch((error: unknown) => {
    throw listenProblem(error, settings);
  });
  cleanups.push(() => app.get(Connections).drain());
  await openDemo(demo, settings, adminKey);
  const signInLink = settings.role === 'worker' ? null : await app.get(SessionsService).bootstrapLink();
  const stop: RunningProcess['stop'] = async ({ drain }) => {
    app.get(Readiness).stop();
    // Running jobs may finish while the process drains; the shutdown waits for them.
    void app.get(JobRunner).stopWorkers();
    if (drain) await sleep(settings.drainSeconds * 1_000);
    await opened.close();
  };
  return { settings, signInLink, adminKey, adminKeyIsNew, stop };
}
