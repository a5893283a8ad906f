import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Messages; up to what EVEYS_OCPP_WS_COMMIT_BATCH may be set to. */
const BATCH = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Injection token of {@link EdgeMetrics}. */
export const METRICS = Symbol('METRICS');

export type EdgeMetrics = ReturnType<typeof createEdgeMetrics>;

/** Every metric of this app. A charger's identity is never a label. */
export function createEdgeMetrics(registry: Registry) {
  const registers = [registry];
  return {
    connections: new Gauge({
      name: 'eveys_ocpp_ws_connections',
      help: 'Charger sockets open on this instance',
      labelNames: ['protocol'],
      registers,
    }),
    handshakes: new Counter({
      name: 'eveys_ocpp_ws_handshakes_total',
      help: 'Handshakes by outcome: accepted, or the reason of the refusal; and what was no handshake, by what it was',
      labelNames: ['outcome'],
      registers,
    }),
    passwordHashes: new Counter({
      name: 'eveys_ocpp_ws_password_hashes_total',
      help: 'bcrypt hashes computed for passwords of chargers, by whether it matched; one that was verified before needs none',
      labelNames: ['outcome'],
      registers,
    }),
    reconnectsHeldBack: new Counter({
      name: 'eveys_ocpp_ws_reconnects_held_back_total',
      help: 'Connections after which their charger is made to wait, for it connects over and over',
      registers,
    }),
    handshakeSeconds: new Histogram({
      name: 'eveys_ocpp_ws_handshake_seconds',
      help: 'Time from the upgrade request to the decision',
      buckets: SECONDS,
      registers,
    }),
    disconnects: new Counter({
      name: 'eveys_ocpp_ws_disconnects_total',
      help: 'Charger sockets closed, by WebSocket close code',
      labelNames: ['code'],
      registers,
    }),
    calls: new Histogram({
      name: 'eveys_ocpp_ws_call_seconds',
      help: 'CALLs of chargers, from receipt to answer, by outcome: result or the CALLERROR code',
      labelNames: ['protocol', 'action', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    replays: new Counter({
      name: 'eveys_ocpp_ws_replays_total',
      help: 'CALLs of chargers that repeat an earlier one and were answered from the idempotency cache',
      labelNames: ['protocol', 'action'],
      registers,
    }),
    transactionOutcomes: new Counter({
      name: 'eveys_ocpp_ws_transaction_outcomes_total',
      help: 'Messages of transactions by which transaction they mean: this, new, repetition, correction or unassigned',
      labelNames: ['protocol', 'outcome'],
      registers,
    }),
    malformedFrames: new Counter({
      name: 'eveys_ocpp_ws_malformed_frames_total',
      help: 'Frames of chargers that are no OCPP-J message',
      labelNames: ['protocol'],
      registers,
    }),
    unmatchedAnswers: new Counter({
      name: 'eveys_ocpp_ws_unmatched_answers_total',
      help: 'Answers of chargers to no CALL that waits: late or invented',
      labelNames: ['protocol'],
      registers,
    }),
    deviations: new Counter({
      name: 'eveys_ocpp_ws_deviations_total',
      help: 'Field deviations accepted in messages of chargers, by rule',
      labelNames: ['protocol', 'rule'],
      registers,
    }),
    throttled: new Counter({
      name: 'eveys_ocpp_ws_throttled_total',
      help: 'Sockets paused because their charger sent faster than it may',
      registers,
    }),
    outboundCalls: new Histogram({
      name: 'eveys_ocpp_ws_outbound_call_seconds',
      help: 'CALLs to chargers, from the command to its outcome',
      labelNames: ['protocol', 'action', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    mirrorsLost: new Counter({
      name: 'eveys_ocpp_ws_mirrors_lost_total',
      help: 'Answers of chargers to commands whose outcome could not be written; the next read corrects it',
      labelNames: ['protocol', 'action'],
      registers,
    }),
    backendCalls: new Histogram({
      name: 'eveys_ocpp_ws_backend_call_seconds',
      help: 'Calls to the backend, by path and outcome',
      labelNames: ['path', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    ocspSeconds: new Histogram({
      name: 'eveys_ocpp_ws_ocsp_seconds',
      help: 'Questions to OCSP responders, by what came of them',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    }),
    commitBatch: new Histogram({
      name: 'eveys_ocpp_ws_commit_batch_size',
      help: 'Messages of chargers that shared a Postgres transaction',
      buckets: BATCH,
      registers,
    }),
    commitWait: new Histogram({
      name: 'eveys_ocpp_ws_commit_wait_seconds',
      help: 'Time that what a message established waited for its transaction to begin',
      buckets: SECONDS,
      registers,
    }),
    commitSplits: new Counter({
      name: 'eveys_ocpp_ws_commit_splits_total',
      help: 'Shared transactions that failed and whose parts were tried again',
      registers,
    }),
    outboxRows: new Gauge({
      name: 'eveys_ocpp_outbox_rows',
      help: 'Rows committed and not yet delivered, in the whole fleet; in the dead lanes: refused for good',
      labelNames: ['lane'],
      registers,
    }),
    outboxAge: new Gauge({
      name: 'eveys_ocpp_outbox_oldest_seconds',
      help: 'Age of the oldest row not yet delivered',
      labelNames: ['lane'],
      registers,
    }),
    outboxShards: new Gauge({
      name: 'eveys_ocpp_outbox_shards',
      help: 'Shards of the outbox whose rows this instance delivers; in the whole fleet 16 of each lane',
      labelNames: ['lane'],
      registers,
    }),
    outboxDelivered: new Counter({
      name: 'eveys_ocpp_outbox_delivered_total',
      help: 'Rows this instance delivered',
      labelNames: ['lane'],
      registers,
    }),
  };
}
