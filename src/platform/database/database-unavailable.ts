/**
 * SQLSTATEs (PostgreSQL's appendix A) of a database that responds but cannot do its work: it is read-only (a
 * standby), or out of disk space, memory or connections.
 */
const RESOURCE_ERROR_CODES = /^(25006|53...)$/;

/**
 * SQLSTATEs of a database that is stopping or starting, closed the connection or ended the session (class 08, 57P01 to
 * 57P05, 25P03), or cancelled a statement that ran too long or waited too long for a lock (57014, 55P03); and Node's
 * error codes for an unreachable server.
 */
const UNAVAILABLE_CODES =
  /^(08...|57P0[1-5]|25P03|57014|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** Messages of errors that pg throws without a code, for connections that end or cannot be opened. */
const UNAVAILABLE_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout)/;

export const isResourceError = (code: string | undefined): boolean =>
  code !== undefined && RESOURCE_ERROR_CODES.test(code);

/**
 * Whether a statement failed because the database is unavailable or overloaded, rather than because of the statement.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && (UNAVAILABLE_CODES.test(code) || isResourceError(code))) ||
    UNAVAILABLE_MESSAGES.test(error.message)
  );
}

/**
 * Whether PostgreSQL rolled a transaction back only because of concurrent transactions: a deadlock or a serialization
 * failure (PostgreSQL's appendix A, class 40). The same work may succeed when it runs again.
 */
export function isTransactionConflict(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === '40P01' || code === '40001';
}
