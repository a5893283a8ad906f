import { IdempotencyCache, PasswordProofs } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Redis } from 'ioredis';
import type { Config } from '../config.ts';
import { readTlsMaterial } from './ocpp-server-tls.ts';
import type { OcppServerOptions } from './ocpp-server.ts';
import type { InboundQueueOptions } from './inbound-queue.ts';
import type { PulseOptions } from './pulse.ts';

export interface SessionSettings {
  inbound: InboundQueueOptions;
  maxQueuedCalls: number;
  firstMessageGraceMs: number;
  pulse: PulseOptions;
}

/** One read from the socket may hold thousands of small frames, which all arrive after the pause was requested. */
const OVERFLOW_FACTOR = 64;
/** A peer that is throttled for this long without a break is disconnected. */
const THROTTLE_LIMIT_MS = 120_000;

export function sessionSettings(config: Config): SessionSettings {
  const pauseAt = config.EVEYS_OCPP_WS_INBOUND_QUEUE;
  return {
    inbound: {
      pauseAt,
      overflowAt: pauseAt * OVERFLOW_FACTOR,
      rate: { perSecond: config.EVEYS_OCPP_WS_RATE_PER_S, burst: config.EVEYS_OCPP_WS_RATE_BURST },
      throttleLimitMs: THROTTLE_LIMIT_MS,
    },
    maxQueuedCalls: config.EVEYS_OCPP_WS_OUTBOUND_QUEUE,
    firstMessageGraceMs: config.EVEYS_OCPP_WS_FIRST_MESSAGE_GRACE_S * 1000,
    pulse: {
      pingIntervalMs: config.EVEYS_OCPP_WS_PING_INTERVAL_S * 1000,
      silentIntervals: config.EVEYS_OCPP_WS_SILENT_INTERVALS,
      heartbeatMs: config.EVEYS_OCPP_WS_HEARTBEAT_INTERVAL_S * 1000,
    },
  };
}

export function idempotencyCache(config: Config, redis: Redis, logger: Logger): IdempotencyCache | null {
  const ttlMs = Math.round(config.EVEYS_OCPP_WS_IDEMPOTENCY_TTL_S * 1000);
  return ttlMs > 0 ? new IdempotencyCache(redis, { ttlMs, logger }) : null;
}

export function passwordProofs(config: Config, redis: Redis, logger: Logger): PasswordProofs | null {
  const ttlMs = Math.round(config.EVEYS_OCPP_WS_AUTH_PROOF_S * 1000);
  return ttlMs > 0 ? new PasswordProofs(redis, { ttlMs, logger }) : null;
}

/** @throws ConfigError when the files of the TLS port cannot be used */
export function serverOptions(config: Config): OcppServerOptions {
  return {
    host: config.EVEYS_OCPP_WS_HOST,
    port: config.EVEYS_OCPP_WS_PLAIN ? config.EVEYS_OCPP_WS_PORT : null,
    tls: readTlsMaterial(config),
    maxFrameBytes: config.EVEYS_OCPP_WS_MAX_FRAME_BYTES,
    headersTimeoutMs: config.EVEYS_OCPP_WS_HANDSHAKE_TIMEOUT_S * 1000,
    trustedHops: config.EVEYS_OCPP_WS_TRUSTED_PROXY_HOPS,
  };
}
