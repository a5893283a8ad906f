import { seconds } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { count } from './config-count.ts';

/** What holds for each connection and its messages. */
export const sessionConfig = {
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
  EVEYS_OCPP_WS_RECORDED_SHARE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      'Share of the charge points whose frames are recorded (topic ocpp.message): 0 none, 1 all, 0.01 one of a hundred. Others are recorded for as long as somebody traces them',
    ),
  EVEYS_OCPP_WS_COMMIT_BATCH: count(1, 1024)
    .default(64)
    .describe('At most this many messages share one Postgres transaction; 1 gives each message its own'),
};
