import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type RedisClient = Redis | Cluster;

/** How answers are mapped is part of the client's type: left out, it need not be worked out for its hundreds of methods. */
type Options = Omit<RedisOptions, 'replyMapping'>;

const PORT = 6379;

/**
 * A connection to one server, or to a cluster of which `urls` name some nodes; it reconnects for ever.
 *
 * @param options of each connection; credentials and TLS come from the URLs
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
    nodes.map((url) => ({ host: bare(url.hostname), port: Number(url.port || PORT) })),
    {
      clusterRetryStrategy: (times) => Math.min(100 * times, 2_000),
      enableOfflineQueue: options.enableOfflineQueue ?? true,
      // A certificate names the host, which a resolved address would not match.
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

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** The database of a single server (`redis://host/3`); installations that share a server differ by it. */
export function redisDatabase(urls: readonly string[]): number {
  return urls.length === 1 ? Number(new URL(urls[0]).pathname.slice(1) || 0) : 0;
}
