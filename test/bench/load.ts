import autocannon from 'autocannon';
import { Pool } from 'undici';

/** Repeats the same request. Returns requests per second and the 99th percentile in milliseconds. */
export async function measureThroughput(
  url: string,
  options: { connections?: number; seconds?: number; headers?: Record<string, string> } = {},
): Promise<{ perSecond: number; p99Ms: number }> {
  const { connections = 50, seconds = 4, headers = {} } = options;
  const result = await autocannon({ url, connections, duration: seconds, headers });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers that are not 2xx, ${result.errors} errors`);
  }
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

export interface BenchRequest {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Sends each request once, in order, `concurrency` at a time. Returns requests per second. */
export async function sendAll(
  origin: string,
  requests: readonly BenchRequest[],
  concurrency = 32,
): Promise<number> {
  const pool = new Pool(origin, { connections: concurrency });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const { path, method = 'GET', headers = {}, body = null } = request;
      const answer = await pool.request({ path, method, headers, body });
      const text = await answer.body.text();
      if (answer.statusCode >= 300)
        throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return requests.length / seconds;
}

/** Returns the value at `share` (0 to 1) of the sorted values; NaN if there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
