import { SECONDS, TracedHistogram } from '@ocpp-gw/service-kit';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Buckets in messages, up to the largest value of EVEYS_OCPP_WS_COMMIT_BATCH. */
const BATCH = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** Injection token of {@link EdgeMetrics}. */
export const METRICS = Symbol('METRICS');

export type EdgeMetrics = ReturnType<typeof createEdgeMetrics>;

/** Every metric of this app. The identity of a charge point is never a label. */
export function createEdgeMetrics(registry: Registry) {
  const registers = [registry];
  let commitWaiting = (): number => 0;
  new Gauge({
    name: 'eveys_ocpp_ws_commit_waiting',
    help: 'Messages of charge points that wait for a Postgres transaction on this pod',
    registers,
    collect() {
      this.set(commitWaiting());
    },
  });
  return {
    readCommitWaiting(read: () => number): void {
      commitWaiting = read;
    },
    boots: new Counter({
      name: 'eveys_ocpp_ws_boots_total',
      help: 'Boot notifications by answer: Accepted, Pending or Rejected; failed without one of these',
      labelNames: ['protocol', 'status'],
      registers,
    }),
    bootsUndecided: new Counter({
      name: 'eveys_ocpp_ws_boots_undecided_total',
      help: 'Boot notifications that were answered with Pending because the backend did not decide',
      registers,
    }),
    commandsRunning: new Gauge({
      name: 'eveys_ocpp_ws_commands_running',
      help: 'Commands that this pod has taken and not ended: those that wait for their turn included',
      registers,
    }),
    connections: new Gauge({
      name: 'eveys_ocpp_ws_connections',
      help: 'Connections of charge points that are open on this pod',
      labelNames: ['protocol'],
      registers,
    }),
    handshakes: new Counter({
      name: 'eveys_ocpp_ws_handshakes_total',
      help: 'Handshakes by outcome: accepted or the reason of the refusal. HTTP requests that were no handshake are counted by their kind',
      labelNames: ['outcome'],
      registers,
    }),
    passwordHashes: new Counter({
      name: 'eveys_ocpp_ws_password_hashes_total',
      help: 'bcrypt hashes computed to check passwords of charge points, by result. A password that was checked before needs no hash',
      labelNames: ['outcome'],
      registers,
    }),
    reconnectsHeldBack: new Counter({
      name: 'eveys_ocpp_ws_reconnects_held_back_total',
      help: 'Connections after which the charge point must wait because it connects over and over',
      registers,
    }),
    handshakeSeconds: new TracedHistogram({
      name: 'eveys_ocpp_ws_handshake_seconds',
      help: 'Time from the request of a handshake to its decision',
      buckets: SECONDS,
      registers,
    }),
    disconnects: new Counter({
      name: 'eveys_ocpp_ws_disconnects_total',
      help: 'Connections of charge points that were closed, by WebSocket close code',
      labelNames: ['code'],
      registers,
    }),
    calls: new TracedHistogram({
      name: 'eveys_ocpp_ws_call_seconds',
      help: 'Time from a CALL of a charge point to its answer, by outcome: result or the CALLERROR code. Actions that the protocol does not have are one: other',
      labelNames: ['protocol', 'action', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    replays: new Counter({
      name: 'eveys_ocpp_ws_replays_total',
      help: 'CALLs of charge points that repeat an earlier one and were answered from the idempotency cache',
      labelNames: ['protocol', 'action'],
      registers,
    }),
    transactionOutcomes: new Counter({
      name: 'eveys_ocpp_ws_transaction_outcomes_total',
      help: 'Messages about transactions by how they were assigned: this, new, repetition, correction or unassigned',
      labelNames: ['protocol', 'outcome'],
      registers,
    }),
    malformedFrames: new Counter({
      name: 'eveys_ocpp_ws_malformed_frames_total',
      help: 'Frames of charge points that are not an OCPP-J message',
      labelNames: ['protocol'],
      registers,
    }),
    unmatchedAnswers: new Counter({
      name: 'eveys_ocpp_ws_unmatched_answers_total',
      help: 'Answers of charge points that belong to no waiting CALL because they are late or have an unknown id',
      labelNames: ['protocol'],
      registers,
    }),
    deviations: new Counter({
      name: 'eveys_ocpp_ws_deviations_total',
      help: 'Deviations that were accepted in messages of charge points, by field rule',
      labelNames: ['protocol', 'rule'],
      registers,
    }),
    recordedFrames: new Counter({
      name: 'eveys_ocpp_ws_recorded_frames_total',
      help: 'Frames of charge points that are recorded, by outcome: published, or dropped because Kafka was away for too long',
      labelNames: ['outcome'],
      registers,
    }),
    throttled: new Counter({
      name: 'eveys_ocpp_ws_throttled_total',
      help: 'Times that a connection was paused because the charge point sent faster than it may',
      registers,
    }),
    outboundCalls: new TracedHistogram({
      name: 'eveys_ocpp_ws_outbound_call_seconds',
      help: 'Time from a command to the outcome of its CALL to the charge point',
      labelNames: ['protocol', 'action', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    mirrorsLost: new Counter({
      name: 'eveys_ocpp_ws_mirrors_lost_total',
      help: 'Answers to commands whose result could not be written to Postgres. The next read of the charge point corrects it',
      labelNames: ['protocol', 'action'],
      registers,
    }),
    backendCalls: new TracedHistogram({
      name: 'eveys_ocpp_ws_backend_call_seconds',
      help: 'Duration of calls to the backend, by path and outcome',
      labelNames: ['path', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    ocspSeconds: new TracedHistogram({
      name: 'eveys_ocpp_ws_ocsp_seconds',
      help: 'Duration of requests to OCSP responders, by outcome',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    }),
    commitBatch: new Histogram({
      name: 'eveys_ocpp_ws_commit_batch_size',
      help: 'Messages of charge points that were committed in one Postgres transaction',
      buckets: BATCH,
      registers,
    }),
    commitWait: new TracedHistogram({
      name: 'eveys_ocpp_ws_commit_wait_seconds',
      help: 'Time that the effects of a message waited for their Postgres transaction to begin',
      buckets: SECONDS,
      registers,
    }),
    commitSplits: new Counter({
      name: 'eveys_ocpp_ws_commit_splits_total',
      help: 'Shared Postgres transactions that failed and whose parts were tried again',
      registers,
    }),
    outboxRows: new Gauge({
      name: 'eveys_ocpp_outbox_rows',
      help: 'Rows of the outbox that are not delivered yet, of all pods together. kafka-dead and backend-dead hold the dead letters',
      labelNames: ['lane'],
      registers,
    }),
    outboxAge: new Gauge({
      name: 'eveys_ocpp_outbox_oldest_seconds',
      help: 'Age of the oldest row of the outbox that is not delivered yet',
      labelNames: ['lane'],
      registers,
    }),
    outboxShards: new Gauge({
      name: 'eveys_ocpp_outbox_shards',
      help: 'Shards of the outbox whose rows this instance delivers; all pods together have 16 for each destination',
      labelNames: ['lane'],
      registers,
    }),
    outboxInterruptions: new Counter({
      name: 'eveys_ocpp_outbox_interruptions_total',
      help: 'Times that the delivery of the outbox was interrupted by an error, and began again',
      labelNames: ['lane'],
      registers,
    }),
    outboxDelivered: new Counter({
      name: 'eveys_ocpp_outbox_delivered_total',
      help: 'Rows of the outbox that this pod delivered',
      labelNames: ['lane'],
      registers,
    }),
  };
}
