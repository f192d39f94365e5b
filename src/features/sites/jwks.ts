import { importJWK, type JWK } from 'jose';

/** A key that cannot be registered. `index` is its position in the set. */
export interface KeyFault {
  readonly index: number;
  readonly message: string;
}

export const MAX_KEYS = 20;
const MIN_RSA_BITS = 2_048;
/** Members that only private or symmetric keys have (RFC 7518, section 6). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const CURVES: Record<string, readonly string[]> = { EC: ['P-256'], OKP: ['Ed25519'] };
const ALGORITHMS: Record<string, readonly string[]> = {
  RSA: ['RS256', 'PS256'],
  EC: ['ES256'],
  OKP: ['EdDSA', 'Ed25519'],
};

/** The members of a public key that are stored. */
const STORED_MEMBERS = ['kty', 'crv', 'n', 'e', 'x', 'y', 'kid', 'alg', 'use'];
/** Members whose values are base64url-encoded numbers. */
const NUMERIC_MEMBERS = ['n', 'e', 'x', 'y'];

/** Removes the members of a public key that are not used, such as certificates. */
export const normalizeKey = (key: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(key).filter(([name]) => STORED_MEMBERS.includes(name)));

/** Checks whether keys can be used to verify signatures. Returns an empty list if all of them can be registered. */
export async function findKeyFaults(keys: readonly Record<string, unknown>[]): Promise<KeyFault[]> {
  const faults: KeyFault[] = [];
  const kids = new Set<unknown>();
  for (const [index, key] of keys.entries()) {
    const message =
      (await findKeyFault(key)) ??
      (key['kid'] !== undefined && kids.has(key['kid']) ? 'Two keys have the same kid.' : null);
    kids.add(key['kid']);
    if (message) faults.push({ index, message });
  }
  return faults;
}

async function findKeyFault(key: Record<string, unknown>): Promise<string | null> {
  const { kty, crv, alg, use, kid } = key;
  if (PRIVATE_MEMBERS.some((member) => member in key))
    return 'A private or shared key must not be registered; send the public key.';
  const algorithms = typeof kty === 'string' && Object.hasOwn(ALGORITHMS, kty) ? ALGORITHMS[kty] : null;
  if (!algorithms) return 'kty must be RSA, EC or OKP.';
  const curves = CURVES[kty as string];
  if (curves && !curves.includes(crv as string)) return `crv must be ${curves.join(' or ')}.`;
  if (alg !== undefined && !algorithms.includes(alg as string))
    return `alg must be ${algorithms.join(' or ')}.`;
  if (use !== undefined && use !== 'sig') return 'use must be sig.';
  if (kid !== undefined && !isKeyId(kid)) return 'kid must be a string of at most 255 characters.';
  const isBase64Url = (name: string): boolean =>
    typeof key[name] === 'string' && /^[A-Za-z0-9_-]+$/.test(key[name]);
  if (NUMERIC_MEMBERS.some((name) => name in key && !isBase64Url(name)))
    return 'n, e, x and y must be numbers in base64url.';
  if (kty === 'RSA' && rsaBits(key['n']) < MIN_RSA_BITS)
    return `An RSA key must have at least ${MIN_RSA_BITS} bits.`;
  try {
    await importJWK(key as JWK, (alg as string | undefined) ?? algorithms[0]);
    return null;
  } catch {
    return 'This is not a valid key.';
  }
}

const isKeyId = (kid: unknown): boolean =>
  typeof kid === 'string' && kid.length <= 255 && kid.isWellFormed() && !kid.includes('\0');

function rsaBits(modulus: unknown): number {
  if (typeof modulus !== 'string') return 0;
  const bytes = Buffer.from(modulus, 'base64url');
  const start = bytes.findIndex((byte) => byte !== 0);
  return start === -1 ? 0 : (bytes.length - start) * 8 - Math.clz32(bytes[start]) + 24;
}
