import { backoffMs } from '@ocpp-gw/async';
import { Redis } from 'ioredis';
import { RedisUnavailableError } from './errors.ts';

/** What this library needs of a logger: a constant message and fields. */
export interface RedisLogger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Between two attempts to reconnect. */
const RECONNECT_DELAY = { firstMs: 50, maxMs: 2_000 };
/** A Redis that is up answers within milliseconds; beyond this it counts as away. */
const COMMAND_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 5_000;

export interface ConnectionOptions {
  name: string;
  logger: RedisLogger;
  /** Commands of many callers share a round trip, one batch at a time: throughput for a little latency. */
  batched?: boolean;
}

/**
 * One connection, kept up for ever. While Redis is away commands fail at once instead of queueing, so that callers can
 * say so; nothing in flight is sent twice. A subscriber needs a connection of its own.
 */
export function connectRedis(url: string, options: ConnectionOptions): Redis {
  const redis = new Redis(url, {
    connectionName: options.name,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    keepAlive: 10_000,
    enableOfflineQueue: false,
    enableAutoPipelining: options.batched ?? false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Subscriptions are restored by their owners, who know what is still wanted.
    autoResubscribe: false,
    retryStrategy: (attempt) => backoffMs(attempt, RECONNECT_DELAY) + Math.floor(Math.random() * 100),
  });
  logOutages(redis, options);
  return redis;
}

/** One line when Redis goes and one when it is back, however many attempts lie between. */
function logOutages(redis: Redis, { name, logger }: ConnectionOptions): void {
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.error('redis is away', { connection: name, err: error });
    away = true;
  });
  redis.on('close', () => {
    // A server that just closes brings no error.
    if (!away && redis.status !== 'end') logger.error('redis is away', { connection: name });
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info('redis is back', { connection: name });
    away = false;
  });
}

/**
 * Resolves once the connection can be used. For start-up only: a running service lives with a Redis that comes and goes.
 * @throws RedisUnavailableError after `timeoutMs`
 */
export async function untilReady(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const ready = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      redis.off('ready', ready);
      reject(new RedisUnavailableError(`connect within ${timeoutMs} ms`));
    }, timeoutMs);
    redis.once('ready', ready);
  });
}

/** Ends a connection: politely when Redis is there, at once when it is not. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status !== 'ready') return redis.disconnect();
  await redis.quit().catch(() => redis.disconnect());
}
