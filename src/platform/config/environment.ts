import { IsIn, IsOptional, Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import ipaddr from 'ipaddr.js';
import { isBlockedPort } from './blocked-ports.js';

export const ROLES = ['all', 'api', 'worker'] as const;
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** A validation rule for a setting. The operator reads the message "<NAME> must be <description>". */
function MustBe(description: string, isValid: (value: string) => boolean): PropertyDecorator {
  return ValidateBy({
    name: 'must',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isValid(value),
      defaultMessage: () => `must be ${description}`,
    },
  });
}

const isPort = (value: string): boolean =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 && !isBlockedPort(Number(value));

const isHost = (value: string): boolean =>
  ipaddr.isValid(value) ||
  /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(value);

function isUrl(value: string, schemes: readonly string[]): boolean {
  return URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1));
}

function isOrigin(value: string): boolean {
  if (!isUrl(value, ['http', 'https'])) return false;
  const { pathname, search, hash, username, port } = new URL(value);
  return pathname === '/' && search === '' && hash === '' && username === '' && !isBlockedPort(Number(port));
}

const isSmtpUrl = (value: string): boolean =>
  isUrl(value, ['smtp', 'smtps']) && new URL(value).hostname !== '';

/** `Name <local@domain>` or `local@domain`. */
const isSenderAddress = (value: string): boolean =>
  /^(?:[^<>"\\\p{C}]{0,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(value);

const MAX_HOPS = 20;

/** Splits a list separated by commas, spaces or both. */
export const splitList = (value: string): string[] => value.split(/[\s,]+/).filter((part) => part !== '');

function areRedisUrls(value: string): boolean {
  const urls = splitList(value);
  const isRedis = (url: string): boolean => isUrl(url, ['redis', 'rediss']) && new URL(url).hostname !== '';
  return (
    urls.length > 0 && urls.every(isRedis) && new Set(urls.map((url) => new URL(url).protocol)).size === 1
  );
}

/**
 * Parses a range such as `10.0.0.0/8` or `fd00::/8`; a bare address means that address only. Null if it is neither.
 */
export function toCidr(text: string): string | null {
  if (ipaddr.isValidCIDR(text)) return text;
  if (!ipaddr.isValid(text) || !/[:.]/.test(text)) return null;
  return `${text}/${ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128}`;
}

/**
 * Parses TRUST_PROXY: the number of proxies in front of the service, or their address ranges. Null if the text is
 * neither. A range that covers all addresses is rejected, because every client would then be trusted as a proxy.
 */
export function toTrustedProxies(text: string): number | string[] | null {
  if (/^\d+$/.test(text)) return Number(text) <= MAX_HOPS ? Number(text) : null;
  const ranges = splitList(text).map(toCidr);
  const areRanges = ranges.every((range) => range !== null && !range.endsWith('/0'));
  return areRanges && ranges.length > 0 ? (ranges as string[]) : null;
}

/** Plain HTTP is allowed only within OUTBOUND_ALLOW, which is checked when the issuer is called. */
const isIssuer = (value: string): boolean =>
  URL.canParse(value) &&
  /^https?:$/.test(new URL(value).protocol) &&
  new URL(value).search + new URL(value).hash + new URL(value).username === '';

/** The environment variables as text; absent if unset or empty. `settings.ts` interprets them. */
export class Environment {
  @IsOptional()
  @MustBe('a port from 0 (any free port) to 65535 that browsers do not block', isPort)
  PORT?: string;

  @IsOptional()
  @MustBe('an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0', isHost)
  HOST?: string;

  @IsOptional()
  @MustBe(
    'the http or https address that readers use, without a path and on a port that browsers do not block, such as https://comments.example',
    isOrigin,
  )
  PUBLIC_URL?: string;

  @IsOptional()
  @MustBe('a URL such as postgres://user:password@host:5432/database', (value) =>
    isUrl(value, ['postgres', 'postgresql']),
  )
  DATABASE_URL?: string;

  @IsOptional()
  @MustBe(
    'redis://host:6379 or rediss://host:6379, or several such URLs of the same kind separated by commas for a cluster',
    areRedisUrls,
  )
  REDIS_URL?: string;

  @IsOptional()
  @MustBe('the path of a folder', (value) => !value.includes('\0'))
  DATA_DIR?: string;

  @IsOptional()
  @MustBe('a whole number of seconds from 0 to 15', (value) => /^\d{1,2}$/.test(value) && Number(value) <= 15)
  DRAIN_SECONDS?: string;

  @IsOptional()
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  ROLE?: (typeof ROLES)[number];

  @IsOptional()
  @MinLength(8, { message: 'must have at least 8 characters' })
  @MaxLength(255, { message: 'must have at most 255 characters' })
  @Matches(/^[\x21-\x7e]*$/, {
    message: 'must be visible ASCII without spaces, because it is sent in a header',
  })
  ADMIN_KEY?: string;

  @IsOptional()
  @MinLength(8, { message: 'must have at least 8 characters (32 random characters are better)' })
  SECRET_KEY?: string;

  @IsOptional()
  @MustBe('address ranges separated by commas, such as 10.0.0.0/8,fd00::/8', (value) =>
    splitList(value).every((part) => toCidr(part) !== null),
  )
  OUTBOUND_ALLOW?: string;

  @IsOptional()
  @MustBe(
    'the number of proxies in front of Postbag, such as 1, or their address ranges separated by commas, such as 10.0.0.0/8',
    (value) => toTrustedProxies(value) !== null,
  )
  TRUST_PROXY?: string;

  @IsOptional()
  @MustBe('a URL such as smtp://user:password@mail.example:587 or smtps://…', isSmtpUrl)
  SMTP_URL?: string;

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'must be true or false' })
  SMTP_ALLOW_PLAIN?: 'true' | 'false';

  @IsOptional()
  @MustBe('an address, or a name and an address: Comments <comments@paper.example>', isSenderAddress)
  MAIL_FROM?: string;

  @IsOptional()
  @MustBe('the https address of an OpenID Connect server, such as https://login.paper.example', isIssuer)
  OIDC_ISSUER?: string;

  @IsOptional()
  @MaxLength(255, { message: 'must have at most 255 characters' })
  OIDC_CLIENT_ID?: string;

  @IsOptional()
  @MaxLength(1024, { message: 'must have at most 1024 characters' })
  OIDC_CLIENT_SECRET?: string;

  @IsOptional()
  @MaxLength(40, { message: 'must have at most 40 characters' })
  OIDC_NAME?: string;

  @IsOptional()
  @MustBe('the path of a folder', (value) => !value.includes('\0'))
  MODEL_DIR?: string;

  @IsOptional()
  @MustBe(
    'a number of milliseconds from 10 to 2500',
    (value) => /^\d{2,4}$/.test(value) && Number(value) >= 10 && Number(value) <= 2_500,
  )
  MODEL_TIMEOUT_MS?: string;

  @IsOptional()
  @MustBe(
    'a whole number from 1 to 10000',
    (value) => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 10_000,
  )
  IMPORT_MAX_GROWTH?: string;

  @IsOptional()
  @IsIn(['on', 'off'], { message: 'must be on or off' })
  LIMITS?: 'on' | 'off';

  @IsOptional()
  @IsIn(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
  LOG_LEVEL?: (typeof LOG_LEVELS)[number];

  @IsOptional()
  @IsIn(['true', 'false'], { message: 'must be true or false' })
  DEMO?: 'true' | 'false';
}

export const SETTING_NAMES = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'DATA_DIR',
  'DRAIN_SECONDS',
  'ROLE',
  'ADMIN_KEY',
  'SECRET_KEY',
  'OUTBOUND_ALLOW',
  'TRUST_PROXY',
  'SMTP_URL',
  'SMTP_ALLOW_PLAIN',
  'MAIL_FROM',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
  'MODEL_DIR',
  'MODEL_TIMEOUT_MS',
  'IMPORT_MAX_GROWTH',
  'LIMITS',
  'LOG_LEVEL',
  'DEMO',
] as const satisfies readonly (keyof Environment)[];
