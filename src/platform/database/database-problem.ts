import { StartupError } from '../config/startup-error.js';
import { isDatabaseUnavailable } from './database-unavailable.js';

/**
 * Turns an error of the first connection to a database into a message for the operator; returns other errors
 * unchanged.
 *
 * @param url as in `DATABASE_URL`; its password is not shown
 */
export function databaseProblem(error: unknown, url: string): unknown {
  const { hostname, port, username, pathname } = new URL(url);
  const server = `${hostname || 'localhost'}:${port || '5432'}`;
  const database = decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username);
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const remedy = ((): string | null => {
    switch (code) {
      case 'ECONNREFUSED':
      case 'ECONNRESET':
      case 'EHOSTUNREACH':
      case 'ENETUNREACH':
      case 'ETIMEDOUT':
        return `PostgreSQL at ${server} does not answer (${code}): start it, or set DATABASE_URL to the right server.`;
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        return `The host ${hostname} in DATABASE_URL was not found (${code}): set DATABASE_URL to the right server.`;
      // SQLSTATEs: see PostgreSQL's appendix A.
      case '28000':
      case '28P01':
        return `PostgreSQL at ${server} refuses the user ${JSON.stringify(decodeURIComponent(username))}: check the user and the password in DATABASE_URL.`;
      case '3D000':
        return `PostgreSQL at ${server} has no database ${JSON.stringify(database)}: create it, or name another database in DATABASE_URL.`;
      case '53300':
        return `PostgreSQL at ${server} accepts no more connections: raise its max_connections, or run fewer processes.`;
      case '25006':
        return `PostgreSQL at ${server} accepts no writes, so it may be a standby: set DATABASE_URL to the primary.`;
      case '08P01':
        return `The server at ${server} does not accept the connection options that Postbag sets. Some connection poolers do not: point DATABASE_URL directly at PostgreSQL.`;
      case '55P03':
        return `PostgreSQL at ${server} did not get a lock in time, because another process is running migrations or a long transaction holds the lock: start again when that has ended.`;
      case '57P03':
        return `PostgreSQL at ${server} is starting up or shutting down: try again in a moment.`;
      case '42501':
        return 'The user in DATABASE_URL lacks a privilege that the migrations need: use the owner of the database and its tables.';
      default:
        return isDatabaseUnavailable(error)
          ? `PostgreSQL at ${server} does not answer (${(error as Error).message}): start it, or set DATABASE_URL to the right server.`
          : null;
    }
  })();
  return remedy === null ? error : new StartupError(remedy);
}
