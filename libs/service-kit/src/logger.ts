import { pino, type Logger as Pino } from 'pino';
import type { ErrorReports } from './error-reports/start-error-reports.ts';
import { GatheredLines } from './gathered-lines.ts';
import { pretty } from './pretty-log.ts';
import { activeSpan } from './tracing/spans.ts';

/** A constant lower-case message and fields: `logger.info('charger connected', { cpId })`. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that puts `fields` on each of its lines. */
  child(fields: LogFields): Logger;
}

/** Errors go under `err`. Keys are written in snake_case: cpId becomes cp_id. */
export type LogFields = Record<string, unknown>;

/** Injection token of the {@link Logger}. */
export const LOGGER = Symbol('LOGGER');

const SECRET_KEYS = ['authorization', 'password', 'password_hash', 'token', 'secret', 'secrets'];

/** Paths whose values never reach a log line. */
const REDACTED = [
  ...SECRET_KEYS,
  ...SECRET_KEYS.map((key) => `*.${key}`),
  'req.headers.authorization',
  'req.headers.cookie',
];

export function createPino(options: {
  service: string;
  pod: string;
  level: string;
  json: boolean;
  /** Lines within a span carry its ids. */
  traced?: boolean;
  /** Gets the errors of the lines at level error and above. */
  reports?: ErrorReports | undefined;
  destination?: pino.DestinationStream;
}): Pino {
  const { traced = false, reports } = options;
  return pino(
    {
      level: options.level.toLowerCase(),
      ...(traced && { mixin: () => ({ ...activeSpan()?.ids }) }),
      ...(reports && { hooks: { logMethod: reporting(reports) } }),
      base: { service: options.service, pod: options.pod },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: snakeCaseKeys },
      redact: { paths: REDACTED, censor: '[redacted]' },
    },
    options.json ? (options.destination ?? new GatheredLines(pino.destination(1))) : pretty(options.destination),
  );
}

const ERROR = pino.levels.values['error'] ?? 50;

function reporting({ report }: ErrorReports): NonNullable<pino.LoggerOptions['hooks']>['logMethod'] {
  return function logMethod(args, method, level) {
    method.apply(this, args);
    const [fields, message] = args as [unknown, unknown];
    if (level < ERROR || typeof fields !== 'object' || fields === null) return;
    const { err } = fields as { err?: unknown };
    if (err instanceof Error) report(err, String(message), { ...this.bindings(), ...snakeCaseKeys({ ...fields }) });
  };
}

/** Our message-first interface over pino's fields-first one. */
export function toLogger(target: Pino): Logger {
  return new PinoLogger(target, {});
}

/** A child is two words, where one of pino is a kilobyte: every connection has one. */
class PinoLogger implements Logger {
  constructor(
    private readonly target: Pino,
    private readonly bound: LogFields,
  ) {}

  debug(message: string, fields?: LogFields): void {
    this.write('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.write('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.write('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.write('error', message, fields);
  }

  child(fields: LogFields): Logger {
    return new PinoLogger(this.target, { ...this.bound, ...fields });
  }

  private write(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: LogFields): void {
    if (this.target.isLevelEnabled(level)) this.target[level]({ ...this.bound, ...fields }, message);
  }
}

const snakeNames = new Map<string, string>();

function snakeCaseKeys(fields: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    let name = snakeNames.get(key);
    if (name === undefined) {
      name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      // Bounded: field names are constants in our code, but a foreign object could bring any.
      if (snakeNames.size < 1000) snakeNames.set(key, name);
    }
    out[name] = fields[key];
  }
  return out;
}
