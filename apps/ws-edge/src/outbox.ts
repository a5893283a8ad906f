import { Leadership, Outbox, type GroupObserver, type LedTask } from '@ocpp-gw/persistence';
import { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import { TransactionRequestWorker } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import { randomUUID } from 'node:crypto';
import type { Backend } from './backend/backend.ts';
import type { BackingServices } from './backing-services.ts';
import {
  Commit,
  carryOutRequests,
  DeviationRecorder,
  Effects,
  OutboxLimit,
  silence,
  StationRecorder,
  StationTransactions,
} from './effects/index.ts';
import type { Config } from './config.ts';
import type { EdgeMetrics } from './metrics.ts';
import { Relays } from './relay/index.ts';
import type { Session } from './session/session.ts';
import type { SessionListener } from './session/sessions.ts';

/** What is written of chargers, and the relays that carry it on: to Kafka, and to the backend if one is wired. */
export class OutboxSide implements SessionListener {
  readonly effects: Effects;
  readonly recorder: StationRecorder;
  readonly deviations: DeviationRecorder;
  readonly transactions: StationTransactions;
  readonly ledgers: TransactionLedgers;
  readonly leadership: Leadership;
  /** Of this process, by which its connections are known in Postgres. */
  readonly instanceId = randomUUID();
  private readonly silence: LedTask;
  private readonly requests: TransactionRequestWorker;
  private readonly relays: Relays;

  constructor(config: Config, services: BackingServices, { client }: Backend, metrics: EdgeMetrics, logger: Logger) {
    const pod = config.EVEYS_OCPP_POD_NAME;
    const { database } = services;
    const outbox = new Outbox(database);
    const leadership = new Leadership(database);
    const limit = new OutboxLimit({ maxRows: config.EVEYS_OCPP_WS_OUTBOX_MAX_ROWS, logger });
    this.leadership = leadership;
    this.relays = new Relays({ ...services, backend: client, outbox, leadership, limit, metrics, logger });
    const commit = new Commit({ database, outbox, onCommitted: (places) => this.relays.committed(places) });
    this.ledgers = new TransactionLedgers(database);
    this.transactions = new StationTransactions(this.ledgers);
    this.effects = new Effects({
      commit,
      transactions: this.transactions,
      limit,
      pod,
      backend: client !== null,
      sessionUpdates: config.EVEYS_OCPP_BACKEND_OPTIONAL_CALLS.includes('session-update'),
      batch: config.EVEYS_OCPP_WS_COMMIT_BATCH,
      observer: observeGroups(metrics),
    });
    metrics.readCommitWaiting(() => this.effects.waiting);
    this.silence = silence({
      leadership,
      ledgers: this.ledgers,
      effects: this.effects,
      logger,
      silenceMs: config.EVEYS_OCPP_TRANSACTION_SUSPECT_SILENCE_S * 1000,
    });
    this.requests = new TransactionRequestWorker({
      redis: services.redis,
      logger,
      carryOut: carryOutRequests(this.effects),
    });
    this.recorder = new StationRecorder({ commit, pod, instanceId: this.instanceId });
    this.deviations = new DeviationRecorder({ commit, limit, pod });
  }

  /** How long chargers wait for what they cause to be written, milliseconds. */
  get waitMs(): number {
    return Math.max(this.effects.waitMs, this.recorder.waitMs);
  }

  /** Another pod may have written of the charger's transactions since it was here. */
  opened({ peer }: Session): void {
    this.transactions.forget(peer.cpId);
  }

  ended({ peer }: Session): void {
    this.transactions.forget(peer.cpId);
  }

  start(): void {
    this.relays.start();
    this.silence.start();
    this.requests.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.silence.stop(), this.requests.stop()]);
    await this.relays.stop();
    await this.leadership.stop();
  }
}

function observeGroups(metrics: EdgeMetrics): GroupObserver {
  return {
    began: (waitSeconds) => {
      metrics.commitBatch.observe(waitSeconds.length);
      for (const seconds of waitSeconds) metrics.commitWait.observe(seconds);
    },
    split: () => metrics.commitSplits.inc(),
  };
}
