/**
 * SQLSTATEs (PostgreSQL's appendix A) of a database that answers and cannot do its work: it is read-only (a standby), or
 * out of disk, memory or connections.
 */
const SHORTAGES = /^(25006|53...)$/;

/**
 * Of one that stops, starts, broke the connection or ended the session (class 08, 57P01 to 57P05, 25P03), or gave up a
 * statement that ran or waited for a lock too long (57014, 55P03); and what Node says where it cannot be reached.
 */
const AWAY =
  /^(08...|57P0[1-5]|25P03|57014|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** What pg says, without a code, of connections that end or cannot be had. */
const MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout)/;

export const isShortage = (code: string | undefined): boolean => code !== undefined && SHORTAGES.test(code);

/** Whether a statement failed because the database is away or overloaded, and not for what it said. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && (AWAY.test(code) || isShortage(code))) || MESSAGES.test(error.message);
}

/**
 * Whether PostgreSQL rolled a transaction back only because of others at the same time: a deadlock or a serialization
 * failure (PostgreSQL's appendix A, class 40). The same work may pass when it runs again.
 */
export function isRolledBackForOthers(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === '40P01' || code === '40001';
}
