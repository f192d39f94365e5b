/** A secret issued by someone else, as stored: sealed, in a list with the active one first. */
export interface SecretVersion {
  readonly secret: string;
  /** ISO 8601: when a replaced secret stops being accepted; null: the active secret. */
  readonly until: string | null;
}

/** Adds the new secret and accepts the previous one for `overlapMs`; adding the same secret again changes nothing. */
export function addSecretVersion(
  versions: readonly SecretVersion[] | null,
  secret: string,
  now: Date,
  overlapMs: number,
): readonly SecretVersion[] {
  const current = versions?.[0];
  if (!versions || !current) return [{ secret, until: null }];
  if (current.secret === secret) return versions;
  const until = new Date(now.getTime() + overlapMs).toISOString();
  return [
    { secret, until: null },
    { secret: current.secret, until },
  ];
}

/** The secrets that are accepted now, the active one first. */
export const activeSecrets = (versions: readonly SecretVersion[], now: Date): string[] =>
  versions.filter(({ until }) => until === null || new Date(until) > now).map(({ secret }) => secret);
