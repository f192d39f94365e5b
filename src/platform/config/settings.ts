import 'reflect-metadata';
import { resolve } from 'node:path';
import { validateSync } from 'class-validator';
import {
  Environment,
  splitList,
  SETTING_NAMES,
  toCidr,
  toTrustedProxies,
  type LOG_LEVELS,
  type ROLES,
} from './environment.js';
import { StartupError } from './startup-error.js';

/** Injection token for the process's `Settings`. */
export const SETTINGS = Symbol('SETTINGS');

export type Role = (typeof ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The configuration of this process, read from the environment once at the start. */
export interface Settings {
  /** 0 asks the system for a free port; `withPort` then sets the actual one. */
  readonly port: number;
  readonly host: string;
  /** Scheme, host and port at which readers reach this service, without a trailing slash. */
  readonly publicUrl: string;
  /** Null: embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: queues, rate limits and realtime use PostgreSQL. More than one: a cluster. */
  readonly redisUrl: readonly string[] | null;
  /** An absolute path. */
  readonly dataDir: string;
  /** Whether DATA_DIR was set; if not, embedded PostgreSQL may store its files elsewhere. */
  readonly isDataDirSet: boolean;
  /** How long the process still serves requests after SIGTERM, while it reports that it is not ready. */
  readonly drainSeconds: number;
  readonly role: Role;
  /** Null: generated once and stored in `dataDir` (`DataFolder.adminKey`). */
  readonly adminKey: string | null;
  /** Null only with embedded PostgreSQL: generated once and stored in `dataDir` (`DataFolder.secretKey`). */
  readonly secretKey: string | null;
  /** CIDR ranges that outgoing calls may reach in addition to public addresses. */
  readonly outboundAllow: readonly string[];
  /**
   * The proxies whose `X-Forwarded-For` and `-Proto` are trusted: the number of proxies in front of the service, or
   * their address ranges. Null: none; the address of the connection is used.
   */
  readonly trustProxy: number | readonly string[] | null;
  /** The server that sends emails; null: emails are stored and shown in the mailbox instead. */
  readonly smtpUrl: string | null;
  /** Whether the password in `smtpUrl` may be sent over a connection without TLS. */
  readonly smtpAllowPlain: boolean;
  /** The sender of emails: `Name <address>` or an address. Always set if `smtpUrl` is. */
  readonly mailFrom: string | null;
  /** Single sign-on for staff; null: none. */
  readonly oidc: OidcSettings | null;
  /** A folder with the operator's own text classifier; null: only the shipped model. */
  readonly modelDir: string | null;
  /** How long the custom model may take for one text. */
  readonly modelTimeoutMs: number;
  /** The file of an import may unpack to 256 MB plus this many times its compressed size. */
  readonly importMaxGrowth: number;
  /** False disables rate limits, quotas and flood phases. */
  readonly limits: boolean;
  readonly logLevel: LogLevel;
  readonly demo: boolean;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The name on the button, after "Sign in with". */
  readonly name: string;
}

/** An invalid setting, with what it must be. */
export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
}

/** Lists all invalid settings. It shows no value that may contain a secret. */
export class SettingsError extends StartupError {
  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map(({ setting, message }) => `  ${setting} ${message}`);
    super(
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} wrong:\n${lines.join('\n')}`,
    );
  }
}

const SETTINGS_WITHOUT_SECRETS = new Set<string>([
  'PORT',
  'HOST',
  'DATA_DIR',
  'DRAIN_SECONDS',
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

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const environment = new Environment();
  for (const name of SETTING_NAMES) {
    // Compose files and unit files pass `NAME=` for variables that are not set.
    const value = env[name]?.trim();
    if (value) Object.assign(environment, { [name]: value });
  }
  return environment;
}

function findProblems(environment: Environment): SettingProblem[] {
  const problems = validateSync(environment, { stopAtFirstError: true }).map(
    ({ property, value, constraints }) => ({
      setting: property,
      message: `${Object.values(constraints ?? {})[0]}${SETTINGS_WITHOUT_SECRETS.has(property) ? `; it is ${JSON.stringify(value)}` : ''}`,
    }),
  );
  if (environment.DATABASE_URL !== undefined && environment.SECRET_KEY === undefined) {
    problems.push({
      setting: 'SECRET_KEY',
      message:
        'must be set when DATABASE_URL is set. It encrypts stored secrets and must be the same for every process; create it with `openssl rand -base64 32` and keep it',
    });
  }
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = oidc.filter((name) => environment[name] === undefined);
  if (missing.length < oidc.length) {
    problems.push(
      ...missing.map((setting) => ({
        setting,
        message: `must be set together with the others: ${oidc.join(', ')}`,
      })),
    );
  }
  if (environment.SMTP_URL !== undefined && environment.MAIL_FROM === undefined) {
    problems.push({
      setting: 'MAIL_FROM',
      message: 'must be set when SMTP_URL is set: the address that emails are sent from',
    });
  }
  return problems;
}

/** The host as written in a URL. */
const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function defaultPublicUrl(host: string, port: number): string {
  const isReachableAsLocalhost = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  return `http://${isReachableAsLocalhost ? 'localhost' : urlHost(host)}:${port}`;
}

/**
 * Reads the settings from environment variables only. README.md lists them.
 *
 * @throws SettingsError with all invalid settings
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
  const allowed = splitList(environment.OUTBOUND_ALLOW ?? '').map((part) => toCidr(part) ?? part);
  return {
    port,
    host,
    publicUrl: environment.PUBLIC_URL ? new URL(environment.PUBLIC_URL).origin : defaultPublicUrl(host, port),
    databaseUrl,
    redisUrl: environment.REDIS_URL === undefined ? null : splitList(environment.REDIS_URL),
    dataDir: resolve(environment.DATA_DIR ?? '.postbag'),
    isDataDirSet: environment.DATA_DIR !== undefined,
    drainSeconds: Number(environment.DRAIN_SECONDS ?? 5),
    role: environment.ROLE ?? 'all',
    adminKey: environment.ADMIN_KEY ?? null,
    secretKey: environment.SECRET_KEY ?? null,
    // The demo's webhook inbox listens on loopback.
    outboundAllow: demo ? [...new Set([...allowed, ...LOOPBACK])] : allowed,
    // `0` proxies means the same as trusting no proxy.
    trustProxy: toTrustedProxies(environment.TRUST_PROXY ?? '0') || null,
    smtpUrl: environment.SMTP_URL ?? null,
    smtpAllowPlain: environment.SMTP_ALLOW_PLAIN === 'true',
    mailFrom: environment.MAIL_FROM ?? null,
    oidc: oidcOf(environment),
    modelDir: environment.MODEL_DIR === undefined ? null : resolve(environment.MODEL_DIR),
    modelTimeoutMs: Number(environment.MODEL_TIMEOUT_MS ?? 1_000),
    importMaxGrowth: Number(environment.IMPORT_MAX_GROWTH ?? 400),
    limits: environment.LIMITS !== 'off',
    // With embedded PostgreSQL a person reads the terminal; otherwise a log collector reads the output.
    logLevel: environment.LOG_LEVEL ?? (embedded ? 'warn' : 'info'),
    demo,
  };
}

function oidcOf(environment: Environment): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = environment;
  if (!issuer || !clientId || !clientSecret) return null;
  return { issuer, clientId, clientSecret, name: environment.OIDC_NAME ?? new URL(issuer).hostname };
}

/** Whether `PUBLIC_URL` still has its default value. */
export const hasDefaultPublicUrl = ({ publicUrl, host, port }: Settings): boolean =>
  publicUrl === defaultPublicUrl(host, port);

/** The same settings with the port that the system chose (`PORT=0`). */
export function withPort(settings: Settings, port: number): Settings {
  const isDefault = hasDefaultPublicUrl(settings);
  return {
    ...settings,
    port,
    publicUrl: isDefault ? defaultPublicUrl(settings.host, port) : settings.publicUrl,
  };
}
