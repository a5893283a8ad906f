import { flag, port, seconds } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { count } from './config-count.ts';

/** Who may connect, and how much of it at once. */
export const serverConfig = {
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
    .default(1000)
    .describe(
      'The gateway accepts at most this many connections a second, and fewer while chargers wait for what they cause to be written. It answers the others 503 with a Retry-After by which they come one after the other',
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
