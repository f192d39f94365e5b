import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A hop between two processes, whose cable can be pulled: nothing arrives any more, and neither side is told. */
export interface TcpProxy {
  readonly port: number;
  /** Cuts the connections of now; with `also: 'new'` those that are opened later as well, until `restore`. */
  cut(also?: 'new'): void;
  /** Connections opened from now on pass; those that were cut stay so. */
  restore(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly sockets: readonly Socket[];
  isCut: boolean;
}

export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let cutsNew = false;
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    const pair: Pair = { sockets: [client, upstream], isCut: cutsNew };
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
    cut(also) {
      cutsNew = also === 'new';
      for (const pair of pairs) pair.isCut = true;
    },
    restore() {
      cutsNew = false;
    },
    async close() {
      for (const { sockets } of pairs) sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
