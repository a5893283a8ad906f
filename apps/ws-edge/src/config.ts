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

const door = {
  EVEYS_OCPP_WS_HOST: z.string().default('0.0.0.0').describe('Bind address of the charger WebSocket'),
  EVEYS_OCPP_WS_PORT: port().default(9000).describe('Port of the charger WebSocket without TLS'),
  EVEYS_OCPP_WS_PATH_PREFIX: z
    .string()
    .regex(/^(\/[^/?#]+)*$/, 'must start with a slash and not end with one, such as /ocpp')
    .default('')
    .describe('Chargers connect to <prefix>/<identity>; unset: any path whose last segment is the identity'),
  EVEYS_OCPP_WS_MAX_FRAME_BYTES: count(1024, 64 * 1024 * 1024)
    .default(1024 * 1024)
    .describe('Largest message taken from a charger, bytes; a larger one closes the socket with 1009'),
  EVEYS_OCPP_WS_HANDSHAKE_TIMEOUT_S: seconds()
    .min(0.1)
    .default(10)
    .describe('Headers have to be complete, and the handshake decided, within this time each, seconds'),
  EVEYS_OCPP_WS_ADMIT_PER_S: count(1, 1_000_000)
    .default(200)
    .describe('Chargers let in a second in the long run; more are answered 503 with a Retry-After that spreads them'),
  EVEYS_OCPP_WS_ADMIT_BURST: count(1, 1_000_000)
    .default(500)
    .describe('Chargers let in at once before that rate counts'),
  EVEYS_OCPP_WS_MAX_CONNECTIONS: count(1, 10_000_000)
    .default(50_000)
    .describe('Sockets open at once; keep it below the limit of open files of the process'),
  EVEYS_OCPP_WS_MAX_PENDING: count(1, 10_000_000)
    .default(5_000)
    .describe('Of these, sockets before the handshake; with more, the address that holds most of them makes room'),
  EVEYS_OCPP_WS_RECONNECT_LASTING_S: seconds()
    .default(30)
    .describe('A charger whose connection lasted for this long may come back at once, seconds'),
  EVEYS_OCPP_WS_RECONNECT_FREE: count(1, 1_000_000)
    .default(30)
    .describe(
      'Shorter connections in a row after which a charger is made to wait: for 1 s, then twice as long each time',
    ),
  EVEYS_OCPP_WS_RECONNECT_MAX_DELAY_S: seconds()
    .default(60)
    .describe('Longest wait of a charger that connects over and over, seconds; 0: none'),
  EVEYS_OCPP_WS_TRUSTED_PROXY_HOPS: count(0, 10)
    .default(0)
    .describe(
      'Proxies in front whose X-Forwarded-For is believed, for the limit on failed logins and the log, and whose ' +
        'X-Forwarded-Proto, for the security profile: the outermost must set both',
    ),
  EVEYS_OCPP_WS_SUBPROTOCOL_MISMATCH: z
    .enum(['reject', 'upgrade-then-close'])
    .default('reject')
    .describe('No acceptable subprotocol: HTTP 400, or, to the letter of OCPP-J, upgrade and close at once'),
  EVEYS_OCPP_WS_ASSUME_OCPP16: flag()
    .default(false)
    .describe('Chargers that offer no subprotocol are taken for OCPP 1.6; per charger overridable'),
  EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: flag()
    .default(false)
    .describe('Lets unregistered chargers in, and those without a password; the register call decides'),
  EVEYS_OCPP_WS_STATION_CACHE_S: seconds()
    .default(5)
    .describe('How long a looked-up charge point, and so its password, is used without asking again, seconds'),
  EVEYS_OCPP_WS_AUTH_CACHE_S: seconds()
    .default(600)
    .describe('How long a verified password is not hashed again, seconds'),
  EVEYS_OCPP_WS_AUTH_PROOF_S: seconds()
    .default(2_592_000)
    .describe('How long a verified password is known to all pods, by a proof in Redis, seconds; 0: each pod hashes it'),
  EVEYS_OCPP_WS_AUTH_PROOF_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe(
      'Secret that enters these proofs, the same for all pods; with it, whoever has a copy of Redis and of Postgres cannot test ' +
        'guesses faster than bcrypt allows',
    ),
  EVEYS_OCPP_WS_AUTH_CONCURRENCY: count(1, 64)
    .default(2)
    .describe('Passwords hashed at once; keep it below UV_THREADPOOL_SIZE (4)'),
  EVEYS_OCPP_WS_AUTH_QUEUE: count(0, 100_000)
    .default(200)
    .describe(
      'Passwords that may wait for hashing; with more, the address that has most of them is answered 503, or 429 if it failed',
    ),
  EVEYS_OCPP_WS_AUTH_FAILURES_PER_MINUTE: count(1, 1_000_000)
    .default(10)
    .describe('Wrong passwords one address may send for one identity; more are answered 429'),
  EVEYS_OCPP_WS_AUTH_FAILURES_PER_SOURCE_PER_MINUTE: count(1, 1_000_000)
    .default(300)
    .describe('Wrong passwords one address may send in all; more are answered 429'),
};

const session = {
  EVEYS_OCPP_WS_TOLERANCE: z
    .enum(['lenient', 'strict'])
    .default('lenient')
    .describe(
      'Schema violations of chargers: known field deviations are accepted, or all refused; per charger overridable',
    ),
  EVEYS_OCPP_WS_HEARTBEAT_INTERVAL_S: count(1, 86_400)
    .default(300)
    .describe('Heartbeat interval given to accepted chargers where the backend names none, seconds'),
  EVEYS_OCPP_WS_FIRST_MESSAGE_GRACE_S: seconds()
    .default(5)
    .describe('Commands wait until the charger has spoken first, or for this time after it connected, seconds'),
  EVEYS_OCPP_WS_PING_INTERVAL_S: seconds().min(0.05).default(30).describe('WebSocket ping to each charger, seconds'),
  EVEYS_OCPP_WS_SILENT_INTERVALS: count(1, 100)
    .default(3)
    .describe(
      'Ping intervals without any traffic after which a charger is dropped; heartbeat intervals if it never pongs',
    ),
  EVEYS_OCPP_WS_RATE_PER_S: z.coerce
    .number()
    .positive()
    .default(20)
    .describe('Messages a second handled for one charger in the long run; beyond, its socket is read slower'),
  EVEYS_OCPP_WS_RATE_BURST: count(1, 100_000)
    .default(200)
    .describe('Messages of one charger handled at once before the rate counts'),
  EVEYS_OCPP_WS_INBOUND_QUEUE: count(1, 10_000)
    .default(64)
    .describe('Messages of one charger that may wait before its socket is paused; at 64 times as many it is closed'),
  EVEYS_OCPP_WS_OUTBOUND_QUEUE: count(1, 10_000).default(32).describe('Commands that may wait for one charger'),
  EVEYS_OCPP_WS_ONLINE_TTL_S: seconds()
    .min(3)
    .default(90)
    .describe('Lifetime of an entry of the online registry, refreshed at a third of it, seconds'),
  EVEYS_OCPP_WS_IDEMPOTENCY_TTL_S: seconds()
    .max(86_400)
    .default(600)
    .describe(
      'How long answers to boots, stops and transaction events are kept in Redis for a charger that sends the same again, seconds; 0: not at all',
    ),
  EVEYS_OCPP_WS_OUTBOX_MAX_ROWS: count(1, 1_000_000_000)
    .default(10_000_000)
    .describe(
      'Events and session calls that may wait in Postgres for Kafka and the backend, about 1 kB each; with more, chargers ' +
        'hear InternalError and keep their messages',
    ),
  EVEYS_OCPP_WS_COMMIT_BATCH: count(1, 1024)
    .default(64)
    .describe('Facts of chargers that share one Postgres transaction at most; 1: each message has its own'),
};

const backend = {
  EVEYS_OCPP_BACKEND_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a http:// or https:// URL' })
    .optional()
    .describe('Base URL of the backend; unset: no backend is wired, fallbacks apply'),
  EVEYS_OCPP_BACKEND_TOKEN: z.string().optional().describe('Bearer token sent to the backend'),
  EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: z
    .enum(['reject', 'accept_offline'])
    .default('reject')
    .describe('Word on an id token when the backend cannot be asked: Invalid, or Accepted'),
  EVEYS_OCPP_BACKEND_ATTEMPT_TIMEOUT_S: seconds().min(0.05).default(3).describe('One attempt at the backend, seconds'),
  EVEYS_OCPP_BACKEND_DEADLINE_S: seconds()
    .min(0.05)
    .default(8)
    .describe('All attempts of one call together; chargers wait for it, seconds'),
  EVEYS_OCPP_BACKEND_RETRIES: count(0, 10).default(2).describe('Further attempts of a call that failed in passing'),
  EVEYS_OCPP_BACKEND_CONNECTIONS: count(1, 1000).default(32).describe('Connections to the backend'),
  EVEYS_OCPP_BACKEND_BREAKER_FAILURES: count(1, 1000)
    .default(5)
    .describe('Failed calls in a row after which the backend is left alone for a while'),
  EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S: seconds().default(10).describe('How long it is left alone, seconds'),
  EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: optionalCalls.describe(
    'Optional calls that the backend takes, separated by commas: cost, charging-needs, ev-certificate, session-update; the others are not made',
  ),
  EVEYS_OCPP_BACKEND_COST_TIMEOUT_S: seconds()
    .min(0.05)
    .default(1)
    .describe('How long an answer to a charger is held back for the cost, seconds'),
  EVEYS_OCPP_BACKEND_AUTHORIZE_CACHE_S: seconds()
    .default(300)
    .describe('How long an accepted id token is remembered, seconds; 0: not at all'),
  EVEYS_OCPP_BACKEND_AUTHORIZE_REFUSAL_CACHE_S: seconds()
    .default(30)
    .describe('How long a refused id token is remembered, seconds; 0: not at all'),
};

const decisions = {
  EVEYS_OCPP_CONCURRENT_TRANSACTIONS: z
    .enum(['allow', 'refuse'])
    .default('allow')
    .describe(
      "A token that charges at another connector already: the backend's word stands, or the start is answered ConcurrentTx",
    ),
  EVEYS_OCPP_TRANSACTION_SUSPECT_SILENCE_S: seconds()
    .min(1)
    .default(86_400)
    .describe(
      'A running transaction that a boot or a free connector speaks against is taken for ended when nothing was heard of it for this long, seconds',
    ),
  EVEYS_OCPP_DATA_TRANSFERS: dataTransferRegistrations.describe(
    'Vendors whose DataTransfer is taken, JSON [{"vendor_id","message_ids"?,"answer"?}]; answer: accept (default), or backend to ask it',
  ),
};

const drain = {
  EVEYS_OCPP_WS_DRAIN_LB_S: seconds()
    .default(5)
    .describe('After SIGTERM chargers are still let in for this long, until the load balancer has noticed, seconds'),
  EVEYS_OCPP_WS_DRAIN_WINDOW_S: seconds()
    .default(12)
    .describe(
      'Then sockets are closed spread over this time, so that a fleet does not come back in one burst, seconds',
    ),
};

/** What the drain needs besides its two settings: closing handshakes, registry entries, relays. */
export const DRAIN_REST_S = 10;

export const configSchema = z
  .object({
    ...serviceConfig,
    ...databaseConfig,
    ...redisConfig,
    ...kafkaConfig,
    ...door,
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
