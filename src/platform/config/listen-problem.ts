import { createServer, type AddressInfo } from 'node:net';
import { StartupError } from './startup-error.js';

interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Turns an error from `listen` into a message for the operator; returns other errors unchanged. */
export function listenProblem(error: unknown, { host, port }: ListenAddress): unknown {
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'EADDRINUSE':
      return new StartupError(
        `Port ${port} on ${host} is taken by another program: stop that program, or set PORT to a free port (PORT=0 finds one).`,
      );
    case 'EACCES':
      return new StartupError(
        `This user is not allowed to listen on port ${port}: set PORT to 1024 or higher.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAFNOSUPPORT':
      return new StartupError(
        `HOST ${host} is not an address of this machine: set HOST to one of its addresses, such as 127.0.0.1.`,
      );
    default:
      return error;
  }
}

/**
 * Checks that the port is available, before anything is started. It does not reserve the port, so `listen` may still
 * fail.
 *
 * @param address port 0 asks the system for a free one
 * @returns the port
 * @throws StartupError
 */
export async function checkPort(address: ListenAddress): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ ...address, exclusive: true }, resolve);
    });
  } catch (error) {
    throw listenProblem(error, address);
  }
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
