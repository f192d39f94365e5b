/**
 * Whether a statement failed because the database stops, starts or broke the connection, and not for what it said:
 * SQLSTATE class 08, and 57P01 to 57P03 (PostgreSQL's appendix A), or pg's own word for a connection that is gone.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && /^(08...|57P0[123])$/.test(code)) ||
    error.message.startsWith('Connection terminated')
  );
}
