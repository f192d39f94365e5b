import 'reflect-metadata';
import { resolve } from 'node:path';
import { validateSync } from 'class-validator';
import {
  Environment,
  listOf,
  SETTING_NAMES,
  toCidr,
  toTrustedProxies,
  type LOG_LEVELS,
  type ROLES,
} from './environment.js';
import { StartupError } from './startup-error.js';

/** Injection token of the process's `Settings`. */
export const SETTINGS = Symbol('SETTINGS');

export type Role = (typeof ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How this process runs. Made once from the environment; modules are handed the slice they need. */
export interface Settings {
  /** 0 asks the system for a free one; `withPort` then tells the real one. */
  readonly port: number;
  readonly host: string;
  /** Scheme, host and port under which readers reach this service; no slash at the end. */
  readonly publicUrl: string;
  /** Null: embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: queues, limits and realtime on PostgreSQL. More than one: a cluster. */
  readonly redisUrl: readonly string[] | null;
  /** Absolute. */
  readonly dataDir: string;
  /** Whether DATA_DIR was set; where nobody chose the folder, embedded PostgreSQL may keep its files elsewhere. */
  readonly dataDirChosen: boolean;
  readonly role: Role;
  /** Null: made once and kept in `dataDir` (`DataFolder.adminKey`). */
  readonly adminKey: string | null;
  /** Null only with embedded PostgreSQL: made once and kept in `dataDir` (`DataFolder.secretKey`). */
  readonly secretKey: string | null;
  /** CIDRs beyond public addresses that outgoing calls may reach. */
  readonly outboundAllow: readonly string[];
  /**
   * Whose `X-Forwarded-For` and `-Proto` are believed: of so many proxies in a row in front, or of those in these
   * ranges. Null: nobody's, the address of the connection counts.
   */
  readonly trustProxy: number | readonly string[] | null;
  /** Where e-mails leave; null: they are kept, and shown in the mailbox. */
  readonly smtpUrl: string | null;
  /** Whether the password in `smtpUrl` may be sent over a connection without TLS. */
  readonly smtpAllowPlain: boolean;
  /** Whom they come from: `Name <address>` or an address. Set wherever `smtpUrl` is. */
  readonly mailFrom: string | null;
  /** The newsroom's own sign-in for staff; null: none. */
  readonly oidc: OidcSettings | null;
  /** A folder with a text classifier of the operator's own; null: the shipped model alone. */
  readonly modelDir: string | null;
  /** How long one text may wait for it. */
  readonly modelTimeoutMs: number;
  /** How many times its packed size the file of an import may unpack to, beyond the first 256 MB. */
  readonly importMaxGrowth: number;
  /** False switches off rate limits, quotas and flood phases. */
  readonly limits: boolean;
  readonly logLevel: LogLevel;
  readonly demo: boolean;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its button says after "Sign in with". */
  readonly name: string;
}

/** One setting that cannot be used, and what it should be. */
export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
}

/** Names every bad setting at once; never shows the value of one that may hold a secret. */
export class SettingsError extends StartupError {
  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map(({ setting, message }) => `  ${setting} ${message}`);
    super(
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} wrong:\n${lines.join('\n')}`,
    );
  }
}

const mayShow = new Set<string>([
  'PORT',
  'HOST',
  'DATA_DIR',
  'ROLE',
  'OUTBOUND_ALLOW',
  'TRUST_PROXY',
  'MAIL_FROM',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_NAME',
  'MODEL_DIR',
  'MODEL_TIMEOUT_MS',
  'IMPORT_MAX_GROWTH',
  'LIMITS',
  'LOG_LEVEL',
  'DEMO',
]);

const loopback = ['127.0.0.0/8', '::1/128'];

function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const environment = new Environment();
  for (const name of SETTING_NAMES) {
    // Compose files and unit files write `NAME=` for what is not set.
    const value = env[name]?.trim();
    if (value) Object.assign(environment, { [name]: value });
  }
  return environment;
}

function findProblems(environment: Environment): SettingProblem[] {
  const problems = validateSync(environment, { stopAtFirstError: true }).map(
    ({ property, value, constraints }) => ({
      setting: property,
      message: `${Object.values(constraints ?? {})[0]}${mayShow.has(property) ? `; it is ${JSON.stringify(value)}` : ''}`,
    }),
  );
  if (environment.DATABASE_URL !== undefined && environment.SECRET_KEY === undefined) {
    problems.push({
      setting: 'SECRET_KEY',
      message:
        'must be set when DATABASE_URL is: it encrypts secrets at rest, the same for every process; ' +
        'make one with `openssl rand -base64 32` and keep it',
    });
  }
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = oidc.filter((name) => environment[name] === undefined);
  if (missing.length < oidc.length) {
    problems.push(
      ...missing.map((setting) => ({ setting, message: `must be set with the others: ${oidc.join(', ')}` })),
    );
  }
  if (environment.SMTP_URL !== undefined && environment.MAIL_FROM === undefined) {
    problems.push({
      setting: 'MAIL_FROM',
      message: 'must be set when SMTP_URL is: the address that e-mails come from',
    });
  }
  return problems;
}

/** The address as it stands in a URL. */
const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function defaultPublicUrl(host: string, port: number): string {
  const isEverywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  return `http://${isEverywhere ? 'localhost' : urlHost(host)}:${port}`;
}

/**
 * The settings of contract section 1, from the environment alone.
 *
 * @throws SettingsError naming every bad setting
 */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  const environment = readEnvironment(env);
  const problems = findProblems(environment);
  if (problems.length > 0) throw new SettingsError(problems);

  const databaseUrl = environment.DATABASE_URL ?? null;
  const embedded = databaseUrl === null;
  const port = Number(environment.PORT ?? 3000);
  const host = environment.HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0');
  const demo = environment.DEMO === undefined ? embedded : environment.DEMO === 'true';
  const allowed = listOf(environment.OUTBOUND_ALLOW ?? '').map((part) => toCidr(part) ?? part);
  return {
    port,
    host,
    publicUrl: environment.PUBLIC_URL ? new URL(environment.PUBLIC_URL).origin : defaultPublicUrl(host, port),
    databaseUrl,
    redisUrl: environment.REDIS_URL === undefined ? null : listOf(environment.REDIS_URL),
    dataDir: resolve(environment.DATA_DIR ?? '.postbag'),
    dataDirChosen: environment.DATA_DIR !== undefined,
    role: environment.ROLE ?? 'all',
    adminKey: environment.ADMIN_KEY ?? null,
    secretKey: environment.SECRET_KEY ?? null,
    // The demo's webhook inbox listens on loopback.
    outboundAllow: demo ? [...new Set([...allowed, ...loopback])] : allowed,
    // No proxy in front is the same as nobody to believe.
    trustProxy: toTrustedProxies(environment.TRUST_PROXY ?? '0') || null,
    smtpUrl: environment.SMTP_URL ?? null,
    smtpAllowPlain: environment.SMTP_ALLOW_PLAIN === 'true',
    mailFrom: environment.MAIL_FROM ?? null,
    oidc: oidcOf(environment),
    modelDir: environment.MODEL_DIR === undefined ? null : resolve(environment.MODEL_DIR),
    modelTimeoutMs: Number(environment.MODEL_TIMEOUT_MS ?? 1_000),
    importMaxGrowth: Number(environment.IMPORT_MAX_GROWTH ?? 400),
    limits: environment.LIMITS !== 'off',
    // With embedded PostgreSQL a person looks at the terminal; otherwise something collects the lines.
    logLevel: environment.LOG_LEVEL ?? (embedded ? 'warn' : 'info'),
    demo,
  };
}

function oidcOf(environment: Environment): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = environment;
  if (!issuer || !clientId || !clientSecret) return null;
  return { issuer, clientId, clientSecret, name: environment.OIDC_NAME ?? new URL(issuer).hostname };
}

/** Whether nobody set a `PUBLIC_URL` of their own. */
export const hasDefaultPublicUrl = ({ publicUrl, host, port }: Settings): boolean =>
  publicUrl === defaultPublicUrl(host, port);

/** The same settings once the system has chosen the port (`PORT=0`). */
export function withPort(settings: Settings, port: number): Settings {
  const isDefault = hasDefaultPublicUrl(settings);
  return {
    ...settings,
    port,
    publicUrl: isDefault ? defaultPublicUrl(settings.host, port) : settings.publicUrl,
  };
}
