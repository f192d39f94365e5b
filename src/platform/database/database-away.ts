/**
 * Whether a statement failed because the database stops, starts or broke the connection, and not for what it said:
 * SQLSTATE class 08, and 57P01 to 57P03 (PostgreSQL's appendix A), a refused connection, or pg's own word for one that
 * is gone.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && /^(08...|57P0[123]|ECONNREFUSED|ECONNRESET)$/.test(code)) ||
    /^(Connection terminated|Client has encountered a connection error|Client was closed)/.test(error.message)
  );
}

/**
 * Whether PostgreSQL rolled a transaction back only because of others at the same time: a deadlock or a serialization
 * failure (PostgreSQL's appendix A, class 40). The same work may pass when it runs again.
 */
export function isRolledBackForOthers(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === '40P01' || code === '40001';
}
