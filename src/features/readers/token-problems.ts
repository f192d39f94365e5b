import { compactVerify, decodeJwt, decodeProtectedHeader, errors, type JWTVerifyGetKey } from 'jose';
import type { SiteFacts } from '../sites/site-facts.js';
import { isReaderKey, MAX_READER_KEY_CHARS, PUBLICATION_KEY } from './reader-key.js';
import {
  ALGORITHMS,
  checkReaderToken,
  LEEWAY_SECONDS,
  MAX_LIFETIME_SECONDS,
  MAX_TOKEN_BYTES,
  TokenRefused,
} from './reader-token.js';

/** One problem of a reader token, with its remedy. */
export interface TokenProblem {
  /**
   * A claim of the payload (`exp`), a field of the header (`alg`), `signature`, or `token` if it cannot be parsed.
   */
  readonly claim: string;
  /** Machine-readable code. */
  readonly code: string;
  /** Message for the publisher's developer. */
  readonly message: string;
}

type Claims = Readonly<Record<string, unknown>>;

/** A time claim of this size must be in milliseconds, not seconds: 1e11 s is the year 5138. */
const MIN_MILLISECONDS = 1e11;

/**
 * Lists all problems of a reader token, for callers who may see the site's settings. Only `checkReaderToken` decides
 * whether the token is valid. A tier that the site does not have is listed although the token is valid.
 *
 * @param keyFor as for `checkReaderToken`
 * @returns empty for a valid token without such a problem
 */
export async function problemsOfToken(
  token: string,
  site: SiteFacts,
  keyFor: JWTVerifyGetKey,
  now: Date,
): Promise<TokenProblem[]> {
  const refusal = await checkReaderToken(token, site, keyFor, now).then(
    () => null,
    (error: unknown) => {
      if (error instanceof TokenRefused) return error.message;
      throw error;
    },
  );
  const parts = readParts(token);
  if ('claim' in parts) return [parts];
  const problems = [
    ...headerProblems(parts.header, site),
    ...(await signatureProblems(token, parts.header, site, keyFor, now)),
    ...claimProblems(parts.claims, site, now),
  ];
  if (refusal !== null && problems.every(({ code }) => code === 'unknown-tier'))
    problems.push({ claim: 'token', code: 'refused', message: `The token was refused: ${refusal}.` });
  return problems;
}

/**
 * The problems that may be shown to anyone who has the token: those that can be seen in the token itself. Of the site's
 * keys and settings it reveals only that they do not match.
 */
export function publicProblems(problems: readonly TokenProblem[]): TokenProblem[] {
  const inToken = problems.filter(({ claim }) => !['signature', 'kid', 'iss', 'tier'].includes(claim));
  const problemIfAny = (claim: string, code: string, message: string): TokenProblem[] =>
    problems.some((problem) => problem.claim === claim) ? [{ claim, code, message }] : [];
  const hint = 'To see the exact reason, call POST /api/v1/sites/:site/tokens/check with a publisher’s key.';
  return [
    ...problemIfAny('signature', 'not-verified', `The signature does not match any key of the site. ${hint}`),
    ...problemIfAny('kid', 'not-verified', `The kid does not name any key of the site. ${hint}`),
    ...problemIfAny('iss', 'not-accepted', `The iss is not the issuer that the site requires. ${hint}`),
    ...inToken,
  ];
}

function readParts(token: string): { header: Claims; claims: Claims } | TokenProblem {
  const broken = (code: string, message: string): TokenProblem => ({ claim: 'token', code, message });
  const bytes = Buffer.byteLength(token);
  if (bytes > MAX_TOKEN_BYTES)
    return broken(
      'too-large',
      `The token has ${bytes} bytes; the limit is ${MAX_TOKEN_BYTES}. Remove claims.`,
    );
  if (/^bearer\s/i.test(token))
    return broken('not-a-jwt', 'The token begins with "Bearer ". Send the token alone, without the scheme.');
  const count = token.split('.').length;
  if (count === 5)
    return broken(
      'encrypted',
      'The token is encrypted (JWE). Send a signed token (JWS), which has three parts.',
    );
  if (count !== 3)
    return broken('not-a-jwt', `A JWT has three parts separated by dots; this token has ${count}.`);
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    return broken('not-a-jwt', 'The header and the payload must be JSON objects in base64url.');
  }
}

function headerProblems(header: Claims, { sso }: SiteFacts): TokenProblem[] {
  const problems: TokenProblem[] = [];
  const { alg, kid } = header;
  const allowedAlgorithms: readonly string[] = ALGORITHMS[sso.family];
  if (alg === 'none' || typeof alg !== 'string')
    problems.push({
      claim: 'alg',
      code: 'unsigned',
      message: `The token is not signed. Sign it with ${allowedAlgorithms.join(', ')}.`,
    });
  else if (!allowedAlgorithms.includes(alg)) {
    const how = sso.family === 'hmac' ? 'its SSO secret' : 'registered public keys';
    const message = `The token is signed with ${describeValue(alg)}, but this site accepts ${allowedAlgorithms.join(', ')} because it uses ${how}. Sign with one of these, or change the setting with PUT …/sso.`;
    problems.push({ claim: 'alg', code: 'wrong-algorithm', message });
  }
  if ('crit' in header)
    problems.push({
      claim: 'crit',
      code: 'not-understood',
      message: 'The header lists critical extensions (crit) that Postbag does not support. Leave crit out.',
    });
  if (kid !== undefined && typeof kid !== 'string')
    problems.push({ claim: 'kid', code: 'not-text', message: 'The kid must be text.' });
  return problems;
}

async function signatureProblems(
  token: string,
  header: Claims,
  site: SiteFacts,
  keyFor: JWTVerifyGetKey,
  now: Date,
): Promise<TokenProblem[]> {
  const { alg, kid } = header;
  const algorithms = [...ALGORITHMS[site.sso.family]];
  // The signature cannot be checked. `headerProblems` has already reported why.
  if (!(algorithms as unknown[]).includes(alg) || 'crit' in header) return [];
  if (site.sso.family === 'hmac') return hmacProblems(token, site, now);
  if (kid !== undefined && typeof kid !== 'string') return [];
  try {
    await compactVerify(token, keyFor as Parameters<typeof compactVerify>[1], { algorithms });
    return [];
  } catch (error) {
    const name = kid === undefined ? 'without kid' : `with the kid ${describeValue(kid)}`;
    if (
      error instanceof errors.JWKSNoMatchingKey ||
      (error instanceof TokenRefused && site.sso.jwksUrl === null)
    )
      return [
        {
          claim: 'kid',
          code: 'unknown-key',
          message: `The site has no key ${name} for ${describeValue(alg)}. Publish the public key at the jwksUrl, or register it with PUT …/sso.`,
        },
      ];
    if (error instanceof errors.JWKSMultipleMatchingKeys)
      return [
        {
          claim: 'kid',
          code: 'ambiguous',
          message: 'Several keys of the site match. Set kid in the token’s header to the key that signs it.',
        },
      ];
    if (error instanceof TokenRefused)
      return [
        {
          claim: 'signature',
          code: 'keys-unavailable',
          message: `The keys at ${site.sso.jwksUrl} cannot be fetched. The URL must respond with 200 and a JWK set.`,
        },
      ];
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return [
        {
          claim: 'signature',
          code: 'wrong-key',
          message: `The signature was made with a different key than the site’s ${name}, or the token was changed after signing.`,
        },
      ];
    return [{ claim: 'signature', code: 'unusable', message: 'The signature or the key cannot be used.' }];
  }
}

async function hmacProblems(token: string, { sso }: SiteFacts, now: Date): Promise<TokenProblem[]> {
  const isSignedBy = (key: Uint8Array): Promise<boolean> =>
    key.length === 0
      ? Promise.resolve(false)
      : compactVerify(token, key, { algorithms: ['HS256'] }).then(
          () => true,
          () => false,
        );
  const signatureProblem = (code: string, message: string): TokenProblem[] => [
    { claim: 'signature', code, message },
  ];
  for (const { key, until } of sso.secrets) {
    if (!(await isSignedBy(key))) continue;
    if (until === null || until > now) return [];
    return signatureProblem(
      'secret-ended',
      `The token is signed with the previous secret, which expired at ${until.toISOString()}. Sign with the current secret.`,
    );
  }
  for (const { key } of sso.secrets) {
    const text = Buffer.from(key).toString('utf8');
    const decoded = [Buffer.from(text, 'base64'), Buffer.from(text, 'hex')];
    for (const bytes of decoded)
      if (await isSignedBy(bytes))
        return signatureProblem(
          'secret-decoded',
          'The secret was decoded before signing. Use its text exactly as shown, as UTF-8 bytes.',
        );
    for (const variant of [`${text}\n`, `${text}\r\n`, `${text} `, ` ${text}`, `"${text}"`])
      if (await isSignedBy(Buffer.from(variant)))
        return signatureProblem(
          'secret-malformed',
          'The secret that signed the token has a line break, a space or quotation marks around it. Use the secret’s text alone.',
        );
  }
  return signatureProblem(
    'wrong-secret',
    'The token is signed with a different secret than the site’s, or it was changed after signing. Use the site’s ssoSecret (POST …/sso/secret creates a new one).',
  );
}

function claimProblems(claims: Claims, site: SiteFacts, now: Date): TokenProblem[] {
  const problems: TokenProblem[] = [];
  const add = (claim: string, code: string, message: string): void => {
    problems.push({ claim, code, message });
  };
  const { aud, sub, name, iss } = claims;
  if (aud === undefined) add('aud', 'missing', `The aud is missing. It must be the site’s id, ${site.id}.`);
  else if (![aud].flat().every((each) => typeof each === 'string'))
    add('aud', 'not-text', 'The aud must be a string or a list of strings.');
  else if (![aud].flat().includes(site.id))
    add('aud', 'wrong-site', `The aud is ${describeValue(aud)}; for this site it must be ${site.id}.`);

  if (sub === undefined) add('sub', 'missing', 'The sub is missing. It must be your own id for the reader.');
  else if (sub === PUBLICATION_KEY)
    add('sub', 'reserved', 'This sub is reserved for the publication’s own account. Choose another.');
  else if (!isReaderKey(sub))
    add(
      'sub',
      'not-an-id',
      `The sub must be a string of 1 to ${MAX_READER_KEY_CHARS} characters.${typeof sub === 'number' ? ' Put the number in quotation marks.' : ''}`,
    );

  if (typeof name !== 'string' || name.trim() === '')
    add(
      'name',
      name === undefined ? 'missing' : 'not-a-name',
      'The name is missing or empty. It is the name that others see.',
    );
  if (site.sso.issuer !== null && iss !== site.sso.issuer)
    add(
      'iss',
      iss === undefined ? 'missing' : 'wrong-issuer',
      `The iss is ${describeValue(iss)}, but the site requires exactly ${describeValue(site.sso.issuer)} (set with PUT …/sso).`,
    );
  problems.push(...timeProblems(claims, now));

  const { tier, entitlements } = claims;
  const claimed = [tier, ...(Array.isArray(entitlements) ? (entitlements as unknown[]) : [])];
  for (const tierClaim of claimed) {
    if (tierClaim === undefined || (typeof tierClaim === 'string' && site.tiers.has(tierClaim))) continue;
    const siteTiers = [...site.tiers.keys()].join(', ') || 'none';
    add(
      'tier',
      'unknown-tier',
      `The tier ${describeValue(tierClaim)} is not one of the site’s tiers (${siteTiers}) and is ignored. This alone does not make the token invalid.`,
    );
  }
  return problems;
}

function timeProblems(claims: Claims, now: Date): TokenProblem[] {
  const problems: TokenProblem[] = [];
  const add = (claim: string, code: string, message: string): void => {
    problems.push({ claim, code, message });
  };
  const nowSeconds = now.getTime() / 1000;
  const readTime = (name: 'exp' | 'iat' | 'nbf'): number | null => {
    const value = claims[name];
    if (value === undefined) return null;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      add(name, 'not-a-number', `The ${name} must be a number of seconds since 1970.`);
      return null;
    }
    if (value < MIN_MILLISECONDS) return value;
    add(
      name,
      'in-milliseconds',
      `The ${name} is in milliseconds. Divide it by 1000 to get seconds since 1970.`,
    );
    return null;
  };
  const [exp, iat, nbf] = [readTime('exp'), readTime('iat'), readTime('nbf')];
  if (claims['exp'] === undefined)
    add('exp', 'missing', 'The exp is missing. Set it in seconds since 1970, at most 24 h after iat.');
  if (exp !== null && exp <= nowSeconds - LEEWAY_SECONDS)
    add(
      'exp',
      'expired',
      `The token expired at ${timeOf(exp)}; the time here is ${timeOf(nowSeconds)}. Create a new token, and check your server’s clock.`,
    );
  const lifetimeSeconds = exp === null ? null : exp - (iat ?? nowSeconds);
  if (
    lifetimeSeconds !== null &&
    lifetimeSeconds > MAX_LIFETIME_SECONDS + (iat === null ? LEEWAY_SECONDS : 0)
  )
    add(
      'exp',
      'too-far',
      `The exp is ${Math.round(lifetimeSeconds / 360) / 10} h after ${iat === null ? 'now' : 'iat'}; the limit is 24 h.`,
    );
  if (iat !== null && iat > nowSeconds + LEEWAY_SECONDS)
    add(
      'iat',
      'in-the-future',
      `The iat is ${timeOf(iat)}, which is in the future; the time here is ${timeOf(nowSeconds)}. Check the clock of the server that signs.`,
    );
  if (nbf !== null && nbf > nowSeconds + LEEWAY_SECONDS)
    add(
      'nbf',
      'not-yet',
      `The token is not valid before ${timeOf(nbf)} (nbf); the time here is ${timeOf(nowSeconds)}. Check your server’s clock.`,
    );
  return problems;
}

function timeOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds}` : date.toISOString();
}

/** A shortened form of a value from a token. */
function describeValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
