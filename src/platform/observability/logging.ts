import type { LoggerService } from '@nestjs/common';
import { pino, type Level, type Logger as Pino } from 'pino';

// Whatever reaches a log line by mistake under these names stays out of it.
const NEVER = ['token', 'secret', 'password', 'authorization', 'cookie', 'body', 'html', 'text'];

/** One JSON line per event on stdout; level names and ISO times. */
export function createLog(level: string): Pino {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    redact: { paths: NEVER.flatMap((name) => [name, `*.${name}`]), censor: '[left out]' },
  });
}

/** Nest's own start-up chatter; of use when debugging alone. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's logger on pino: an object is the event with its ids, a string is the event's name. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
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
      // Nest hands the stack of a caught error as the second argument.
      const stack = rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : {};
      this.pino[level]({ ...area, event: String(message), ...stack });
    }
  }
}
