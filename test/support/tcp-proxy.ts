import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A proxy between two processes that can simulate a broken network: data no longer arrives, and neither side is
 * notified.
 */
export interface TcpProxy {
  readonly port: number;
  /** Stops all data on the current connections. With the scope `new`, also on those opened before `restore` is called. */
  cut(scope?: 'new'): void;
  /** Forwards data of new connections again. Connections that were cut stay cut. */
  restore(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly sockets: readonly Socket[];
  isCut: boolean;
}

export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let cutsNewConnections = false;
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    const pair: Pair = { sockets: [client, upstream], isCut: cutsNewConnections };
    pairs.add(pair);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      from.on('data', (chunk) => void (pair.isCut || to.write(chunk)));
      from.on('error', () => undefined);
      from.on('close', () => void (pair.isCut || to.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut(scope) {
      cutsNewConnections = scope === 'new';
      for (const pair of pairs) pair.isCut = true;
    },
    restore() {
      cutsNewConnections = false;
    },
    async close() {
      for (const { sockets } of pairs) sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
