import { kafkaConfig } from '@ocpp-gw/kafka';
import { databaseConfig } from '@ocpp-gw/persistence';
import { redisConfig } from '@ocpp-gw/redis';
import { flag, port, seconds, serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { optionalCalls } from './backend/optional-calls.ts';
import { certificatesConfig } from './config-certificates.ts';
import { tlsConfig, tlsProblems } from './config-tls.ts';
import { dataTransferRegistrations } from './data-transfer/registrations.ts';

const count = (min: number, max: number) =>
  z.coerce.number({ error: 'must be a whole number' }).int().min(min).max(max);

const server = {
  EVEYS_OCPP_WS_HOST: z.string().default('0.0.0.0').describe('The OCPP WebSocket listens on this address'),
  EVEYS_OCPP_WS_PORT: port().default(9000).describe('The OCPP WebSocket without TLS listens on this port'),
  EVEYS_OCPP_WS_PATH_PREFIX: z
    .string()
    .regex(/^(\/[^/?#]+)*$/, 'must start with a slash and not end with one, such as /ocpp')
    .default('')
    .describe(
      'Charge points connect to <prefix>/<identity>. Without it, any path is accepted, and its last segment is the identity',
    ),
  EVEYS_OCPP_WS_MAX_FRAME_BYTES: count(1024, 64 * 1024 * 1024)
    .default(1024 * 1024)
    .describe('Largest message that a charge point may send, bytes. A larger one closes the connection with 1009'),
  EVEYS_OCPP_WS_HANDSHAKE_TIMEOUT_S: seconds()
    .min(0.1)
    .default(10)
    .describe(
      'The headers must be complete within this time, and the handshake decided within this time again, seconds',
    ),
  EVEYS_OCPP_WS_ADMIT_PER_S: count(1, 1_000_000)
    .default(200)
    .describe(
      'The gateway accepts this many connections a second. It answers the others 503 with a Retry-After that spreads them',
    ),
  EVEYS_OCPP_WS_ADMIT_BURST: count(1, 1_000_000)
    .default(500)
    .describe('The gateway accepts this many connections at once before EVEYS_OCPP_WS_ADMIT_PER_S applies'),
  EVEYS_OCPP_WS_MAX_CONNECTIONS: count(1, 10_000_000)
    .default(50_000)
    .describe("The process holds at most this many connections. Keep it below the process's limit of open files"),
  EVEYS_OCPP_WS_MAX_PENDING: count(1, 10_000_000)
    .default(5_000)
    .describe(
      'At most this many of them are still before their handshake. Beyond it, connections of the address that holds the most are closed',
    ),
  EVEYS_OCPP_WS_RECONNECT_LASTING_S: seconds()
    .default(30)
    .describe('A charge point whose connection lasted this long may reconnect at once, seconds'),
  EVEYS_OCPP_WS_RECONNECT_FREE: count(1, 1_000_000)
    .default(30)
    .describe(
      'After this many shorter connections in a row a charge point has to wait: 1 s, then twice as long each time',
    ),
  EVEYS_OCPP_WS_RECONNECT_MAX_DELAY_S: seconds()
    .default(60)
    .describe('A charge point that reconnects over and over waits at most this long, seconds; 0 makes none wait'),
  EVEYS_OCPP_WS_TRUSTED_PROXY_HOPS: count(0, 10)
    .default(0)
    .describe(
      'Number of trusted proxies in front. The gateway takes the source address from their X-Forwarded-For and the security ' +
        'profile from their X-Forwarded-Proto; the outermost proxy must set both',
    ),
  EVEYS_OCPP_WS_SUBPROTOCOL_MISMATCH: z
    .enum(['reject', 'upgrade-then-close'])
    .default('reject')
    .describe(
      'What happens without an acceptable subprotocol: reject answers HTTP 400; upgrade-then-close upgrades and closes at once, as OCPP-J says',
    ),
  EVEYS_OCPP_WS_ASSUME_OCPP16: flag()
    .default(false)
    .describe(
      'A charge point that offers no subprotocol is taken for OCPP 1.6. assume_ocpp16 of a charge point overrides it',
    ),
  EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: flag()
    .default(false)
    .describe(
      "Charge points may connect that are not registered or have no password. The backend's register call decides on them",
    ),
  EVEYS_OCPP_WS_STATION_CACHE_S: seconds()
    .default(5)
    .describe(
      'A pod uses what it read of a charge point, its password included, for this long before it reads again, seconds',
    ),
  EVEYS_OCPP_WS_AUTH_CACHE_S: seconds()
    .default(600)
    .describe('A verified password is not hashed again for this long, seconds'),
  EVEYS_OCPP_WS_AUTH_PROOF_S: seconds()
    .default(2_592_000)
    .describe(
      'All pods know a verified password for this long, by a proof in Redis, seconds; 0 makes each pod hash it',
    ),
  EVEYS_OCPP_WS_AUTH_PROOF_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe(
      'Secret that enters these proofs; all pods need the same. Without it, somebody with copies of Redis and Postgres could ' +
        'test guesses faster than bcrypt allows',
    ),
  EVEYS_OCPP_WS_AUTH_CONCURRENCY: count(1, 64)
    .default(2)
    .describe('The gateway hashes at most this many passwords at once. Keep it below UV_THREADPOOL_SIZE (4)'),
  EVEYS_OCPP_WS_AUTH_QUEUE: count(0, 100_000)
    .default(200)
    .describe(
      'At most this many passwords wait to be hashed. Beyond it, the address with the most of them is answered 503, or 429 if it sent wrong ones',
    ),
  EVEYS_OCPP_WS_AUTH_FAILURES_PER_MINUTE: count(1, 1_000_000)
    .default(10)
    .describe(
      'One address may send this many wrong passwords a minute for one identity. Further ones are answered 429',
    ),
  EVEYS_OCPP_WS_AUTH_FAILURES_PER_SOURCE_PER_MINUTE: count(1, 1_000_000)
    .default(300)
    .describe('One address may send this many wrong passwords a minute in all. Further ones are answered 429'),
};

const session = {
  EVEYS_OCPP_WS_TOLERANCE: z
    .enum(['lenient', 'strict'])
    .default('lenient')
    .describe(
      'lenient understands what charge points get wrong and counts it; strict refuses what the specification refuses. tolerance of a charge point overrides it',
    ),
  EVEYS_OCPP_WS_HEARTBEAT_INTERVAL_S: count(1, 86_400)
    .default(300)
    .describe('Accepted charge points get this heartbeat interval where the backend names none, seconds'),
  EVEYS_OCPP_WS_FIRST_MESSAGE_GRACE_S: seconds()
    .default(5)
    .describe(
      'A command waits until the charge point has sent its first message, but at most this long after it connected, seconds',
    ),
  EVEYS_OCPP_WS_PING_INTERVAL_S: seconds()
    .min(0.05)
    .default(30)
    .describe('The gateway sends a WebSocket ping to each charge point at this interval, seconds'),
  EVEYS_OCPP_WS_SILENT_INTERVALS: count(1, 100)
    .default(3)
    .describe(
      'After this many ping intervals without any traffic the gateway closes the connection; heartbeat intervals count where the charge point answers no ping',
    ),
  EVEYS_OCPP_WS_RATE_PER_S: z.coerce
    .number()
    .positive()
    .default(20)
    .describe(
      'The gateway handles this many messages a second of one charge point. Beyond it, the gateway reads its socket more slowly',
    ),
  EVEYS_OCPP_WS_RATE_BURST: count(1, 100_000)
    .default(200)
    .describe(
      'The gateway handles this many messages of one charge point at once before EVEYS_OCPP_WS_RATE_PER_S applies',
    ),
  EVEYS_OCPP_WS_INBOUND_QUEUE: count(1, 10_000)
    .default(64)
    .describe(
      'When this many messages of one charge point wait, the gateway stops reading its socket; at 64 times as many it closes the connection',
    ),
  EVEYS_OCPP_WS_OUTBOUND_QUEUE: count(1, 10_000)
    .default(32)
    .describe('At most this many commands wait for one charge point'),
  EVEYS_OCPP_WS_ONLINE_TTL_S: seconds()
    .min(3)
    .default(90)
    .describe('An entry of the online registry lives this long; it is refreshed after a third of it, seconds'),
  EVEYS_OCPP_WS_IDEMPOTENCY_TTL_S: seconds()
    .max(86_400)
    .default(600)
    .describe(
      'Redis keeps the answers to boots, stops and transaction events for this long, for a charge point that sends the same message again, seconds; 0 keeps none',
    ),
  EVEYS_OCPP_WS_OUTBOX_MAX_ROWS: count(1, 1_000_000_000)
    .default(10_000_000)
    .describe(
      'At most this many events and session calls wait in Postgres for Kafka and the backend, about 1 kB each. Beyond it, the ' +
        'gateway answers InternalError, and charge points keep their messages',
    ),
  EVEYS_OCPP_WS_COMMIT_BATCH: count(1, 1024)
    .default(64)
    .describe('At most this many messages share one Postgres transaction; 1 gives each message its own'),
};

const backend = {
  EVEYS_OCPP_BACKEND_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a http:// or https:// URL' })
    .optional()
    .describe('Base URL of the backend. Without it the gateway calls no backend, and the fallbacks apply'),
  EVEYS_OCPP_BACKEND_TOKEN: z.string().optional().describe('The gateway sends this bearer token to the backend'),
  EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: z
    .enum(['reject', 'accept_offline'])
    .default('reject')
    .describe(
      'The answer for an id token while the backend cannot be asked: reject says Invalid, accept_offline says Accepted',
    ),
  EVEYS_OCPP_BACKEND_ATTEMPT_TIMEOUT_S: seconds()
    .min(0.05)
    .default(3)
    .describe('One attempt at a backend call may take this long, seconds'),
  EVEYS_OCPP_BACKEND_DEADLINE_S: seconds()
    .min(0.05)
    .default(8)
    .describe(
      'All attempts of one backend call together may take this long, seconds. The charge point waits meanwhile',
    ),
  EVEYS_OCPP_BACKEND_RETRIES: count(0, 10)
    .default(2)
    .describe('The gateway repeats a backend call that failed for a passing reason this many times'),
  EVEYS_OCPP_BACKEND_CONNECTIONS: count(1, 1000)
    .default(32)
    .describe('The gateway opens at most this many connections to the backend'),
  EVEYS_OCPP_BACKEND_BREAKER_FAILURES: count(1, 1000)
    .default(5)
    .describe(
      'After this many failed calls in a row the gateway stops calling the backend for EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S',
    ),
  EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S: seconds()
    .default(10)
    .describe('After that many failed calls in a row the gateway does not call the backend for this long, seconds'),
  EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: optionalCalls.describe(
    'Optional calls that the backend implements, separated by commas: cost, charging-needs, ev-certificate, session-update. The gateway does not make the others',
  ),
  EVEYS_OCPP_BACKEND_COST_TIMEOUT_S: seconds()
    .min(0.05)
    .default(1)
    .describe('The gateway waits this long for the cost before it answers the charge point without it, seconds'),
  EVEYS_OCPP_BACKEND_AUTHORIZE_CACHE_S: seconds()
    .default(300)
    .describe(
      'The gateway remembers an accepted id token for this long and does not ask the backend again, seconds; 0 asks each time',
    ),
  EVEYS_OCPP_BACKEND_AUTHORIZE_REFUSAL_CACHE_S: seconds()
    .default(30)
    .describe(
      'The gateway remembers a refused id token for this long and does not ask the backend again, seconds; 0 asks each time',
    ),
};

const decisions = {
  EVEYS_OCPP_CONCURRENT_TRANSACTIONS: z
    .enum(['allow', 'refuse'])
    .default('allow')
    .describe(
      'What happens when an id token that already charges elsewhere starts a transaction: allow follows the backend, refuse answers ConcurrentTx',
    ),
  EVEYS_OCPP_TRANSACTION_SUSPECT_SILENCE_S: seconds()
    .min(1)
    .default(86_400)
    .describe(
      'A suspect transaction (its charge point booted, or its connector became Available) ends by inference when nothing is heard of it for this long, seconds',
    ),
  EVEYS_OCPP_DATA_TRANSFERS: dataTransferRegistrations.describe(
    'Vendors whose DataTransfer is taken, JSON [{"vendor_id","message_ids"?,"answer"?}]; answer: accept (default), or backend to ask it',
  ),
};

const drain = {
  EVEYS_OCPP_WS_DRAIN_LB_S: seconds()
    .default(5)
    .describe(
      'After SIGTERM the gateway accepts connections for this long, so that the load balancer can notice, seconds',
    ),
  EVEYS_OCPP_WS_DRAIN_WINDOW_S: seconds()
    .default(12)
    .describe(
      'Then the gateway closes its connections spread over this time, so that the charge points do not reconnect all at once, seconds',
    ),
};

/** Time that the drain needs besides its two settings, for closing handshakes, registry entries and relays. */
const DRAIN_REST_S = 10;

export const configSchema = z
  .object({
    ...serviceConfig,
    ...databaseConfig,
    ...redisConfig,
    ...kafkaConfig,
    ...server,
    ...tlsConfig,
    ...session,
    ...backend,
    ...certificatesConfig,
    ...decisions,
    ...drain,
  })
  .superRefine((config, context) => {
    for (const { variable, message } of tlsProblems(config))
      context.addIssue({ code: 'custom', path: [variable], message });
    const needed = config.EVEYS_OCPP_WS_DRAIN_LB_S + config.EVEYS_OCPP_WS_DRAIN_WINDOW_S + DRAIN_REST_S;
    if (needed <= config.EVEYS_OCPP_DRAIN_TIMEOUT_S) return;
    context.addIssue({
      code: 'custom',
      path: ['EVEYS_OCPP_DRAIN_TIMEOUT_S'],
      message:
        `must be at least ${needed}: EVEYS_OCPP_WS_DRAIN_LB_S + EVEYS_OCPP_WS_DRAIN_WINDOW_S + ` +
        `${DRAIN_REST_S} s for the rest`,
    });
  });

export type Config = z.infer<typeof configSchema>;

export const env = process.env;
