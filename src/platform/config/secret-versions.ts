/** A secret that others issued, as it is kept: sealed, in a list with the one in use first. */
export interface SecretVersion {
  readonly secret: string;
  /** ISO 8601: until when a replaced one still counts; null: the one in use. */
  readonly until: string | null;
}

/** The new secret, and the one before it for `overlapMs`; the same secret again changes nothing. */
export function addSecretVersion(
  kept: readonly SecretVersion[] | null,
  secret: string,
  now: Date,
  overlapMs: number,
): readonly SecretVersion[] {
  const current = kept?.[0];
  if (!kept || !current) return [{ secret, until: null }];
  if (current.secret === secret) return kept;
  const until = new Date(now.getTime() + overlapMs).toISOString();
  return [
    { secret, until: null },
    { secret: current.secret, until },
  ];
}

/** Those that count now, the one in use first. */
export const activeSecrets = (kept: readonly SecretVersion[], now: Date): string[] =>
  kept.filter(({ until }) => until === null || new Date(until) > now).map(({ secret }) => secret);
