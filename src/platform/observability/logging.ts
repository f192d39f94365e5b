import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Level, type Logger as Pino } from 'pino';

// Values logged by mistake under these names are removed from log lines.
const REDACTED_NAMES = [
  'token',
  'secret',
  'ssoSecret',
  'clientSecret',
  'password',
  'recoveryCode',
  'link',
  'email',
  'authorization',
  'cookie',
  'body',
  'html',
  'text',
];

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code?: string;
  /** Of a database error: the violated constraint and its table. */
  readonly constraint?: string;
  readonly table?: string;
  readonly cause?: unknown;
}

const MAX_CAUSES = 4;

/**
 * The type and location of an error. Other properties of database and HTTP client errors are omitted, because they
 * contain values: rows, parameters, URLs with codes in them.
 */
function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { code, constraint, table } = error as Error & Record<'code' | 'constraint' | 'table', unknown>;
  const logged: LoggedError = {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(typeof table === 'string' && { table }),
    ...(error.cause instanceof Error && depth < MAX_CAUSES && { cause: loggedError(error.cause, depth + 1) }),
  };
  return logged;
}

/**
 * Creates a logger that writes one JSON line per event, with level names and ISO times.
 *
 * @param destination stdout if omitted
 */
export function createLog(level: string, destination?: DestinationStream): Pino {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: (error: unknown) => loggedError(error) },
      redact: {
        paths: REDACTED_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    destination ?? pino.destination(1),
  );
}

/** Contexts of Nest's startup messages, which are useful only for debugging. */
const FRAMEWORK_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's logger on top of pino: an object is an event with its ids, a string is an event's name. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK_CONTEXTS.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const area = typeof context === 'string' ? { area: context } : {};
    if (message instanceof Error) {
      this.pino[level]({ ...area, event: 'error', error: message });
    } else if (typeof message === 'object' && message !== null) {
      this.pino[level]({ ...area, ...message });
    } else {
      // Nest passes the stack of a caught error as the second argument.
      const stack = rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : {};
      this.pino[level]({ ...area, event: String(message), ...stack });
    }
  }
}
