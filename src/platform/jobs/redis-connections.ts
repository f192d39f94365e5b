import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type RedisClient = Redis | Cluster;

/**
 * Without `replyMapping`, which is part of the client's type: the compiler would resolve it for hundreds of methods.
 */
type Options = Omit<RedisOptions, 'replyMapping'>;

const PORT = 6379;

/**
 * Connects to one server, or to a cluster if there are several URLs, which then name some of its nodes. Reconnects
 * without limit.
 *
 * @param options for each connection; credentials and TLS come from the URLs
 */
export function connectRedis(urls: readonly string[], options: Options): RedisClient {
  const common: Options = {
    connectTimeout: 5_000,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
    ...options,
  };
  if (urls.length === 1) return new Redis<'legacy'>(urls[0], common);
  const nodes = urls.map((url) => new URL(url));
  const first = nodes[0];
  return new Cluster<'legacy'>(
    nodes.map((url) => ({ host: withoutBrackets(url.hostname), port: Number(url.port || PORT) })),
    {
      clusterRetryStrategy: (times) => Math.min(100 * times, 2_000),
      enableOfflineQueue: options.enableOfflineQueue ?? true,
      // The certificate names the host, which would not match a resolved IP address.
      ...(first.protocol === 'rediss:' ? { dnsLookup: (host, done) => done(null, host) } : {}),
      redisOptions: {
        ...common,
        ...(first.username ? { username: decodeURIComponent(first.username) } : {}),
        ...(first.password ? { password: decodeURIComponent(first.password) } : {}),
        ...(first.protocol === 'rediss:' ? { tls: {} } : {}),
      },
    },
  );
}

const withoutBrackets = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/**
 * The database number in the URL of a single server (`redis://host/3`), which separates installations that share a
 * server; 0 for a cluster.
 */
export function redisDatabase(urls: readonly string[]): number {
  return urls.length === 1 ? Number(new URL(urls[0]).pathname.slice(1) || 0) : 0;
}
