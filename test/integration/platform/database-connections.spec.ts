import { createServer, type AddressInfo, type Server } from 'node:net';
import { DataSource } from 'typeorm';
import { serviceDataSource } from '../../../src/platform/database/data-source.js';

const message = (type: string, content: Buffer): Buffer => {
  const header = Buffer.alloc(5);
  header.write(type);
  header.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([header, content]);
};
const WELCOME = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];
const TERMINATION_MESSAGE = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'),
);

/**
 * Imitates a PostgreSQL server that is shut down while it accepts a connection: the greeting and the shutdown message
 * arrive in one packet.
 */
function openDyingServer(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([...WELCOME, TERMINATION_MESSAGE])));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('connections to PostgreSQL', () => {
  it('that end while the pool returns them fail the call and do not end the process', async () => {
    const server = await openDyingServer();
    const { port } = server.address() as AddressInfo;
    const source = new DataSource(serviceDataSource(`postgres://anybody@127.0.0.1:${port}/any`, 2));
    await expect(source.initialize()).rejects.toThrow();
    await new Promise((resolve) => server.close(resolve));
  });
});
