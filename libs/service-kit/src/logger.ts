import { pino, type Logger as Pino } from 'pino';
import { pretty } from './pretty-log.ts';

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
  destination?: pino.DestinationStream;
}): Pino {
  return pino(
    {
      level: options.level.toLowerCase(),
      base: { service: options.service, pod: options.pod },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: snakeCaseKeys },
      redact: { paths: REDACTED, censor: '[redacted]' },
    },
    options.json ? (options.destination ?? pino.destination(1)) : pretty(options.destination),
  );
}

/** Our message-first interface over pino's fields-first one. */
export function toLogger(target: Pino): Logger {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) =>
    fields ? target[level](fields, message) : target[level](message);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => toLogger(target.child(snakeCaseKeys(fields))),
  };
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
