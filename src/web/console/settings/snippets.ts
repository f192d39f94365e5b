import type { SignOn } from '../api-types.js';

/** The code that a publisher puts into each story page. */
export const embedCode = (origin: string, siteId: string): string =>
  [
    `<script type="module" src="${origin}/embed.js"></script>`,
    '<postbag-comments',
    `  site="${siteId}"`,
    '  story="STORY_KEY"',
    '  url="STORY_URL"',
    '  title="STORY_TITLE"',
    '></postbag-comments>',
  ].join('\n');

/** Sample code that signs a reader's token on the publisher's server, for the site's token settings. */
export function signingCode({ family, issuer }: Pick<SignOn, 'family' | 'issuer'>, siteId: string): string {
  const isShared = family === 'hmac';
  return [
    `import { ${isShared ? '' : 'importPKCS8, '}SignJWT } from 'jose';`,
    '',
    isShared
      ? 'const key = new TextEncoder().encode(process.env.POSTBAG_SSO_SECRET);'
      : "const key = await importPKCS8(process.env.POSTBAG_PRIVATE_KEY, 'ES256');",
    '',
    '// For a reader who is signed in with you; `tier` is the key of one of your tiers, or left out.',
    'export const commentToken = (reader) =>',
    '  new SignJWT({ name: reader.name, tier: reader.tier })',
    `    .setProtectedHeader({ alg: '${isShared ? 'HS256' : 'ES256'}'${isShared ? '' : ", kid: 'YOUR_KEY'"} })`,
    '    .setSubject(reader.id)',
    `    .setAudience('${siteId}')`,
    ...(issuer === null ? [] : [`    .setIssuer(${JSON.stringify(issuer)})`]),
    '    .setIssuedAt()',
    "    .setExpirationTime('1h')",
    '    .sign(key);',
  ].join('\n');
}
