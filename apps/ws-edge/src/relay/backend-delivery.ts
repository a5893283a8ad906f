import { backoffMs } from '@ocpp-gw/async';
import {
  GroupCommit,
  type Outbox,
  type OutboxRetries,
  type OutboxRow,
  type Retry,
  type TakenRow,
} from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { BackendClient } from '../backend/backend-client.ts';
import { BackendError } from '../backend/errors.ts';
import { full, type Delivery, type NextLook, type Turn } from './delivery.ts';

export interface BackendDeliveryOptions {
  outbox: Pick<Outbox, 'take' | 'remove' | 'setAside'>;
  retries: OutboxRetries;
  backend: Pick<BackendClient, 'deliver' | 'circuit'>;
  logger: Logger;
  delivered?: (rows: number) => void;
  /** Chargers served at once. */
  concurrency?: number;
  /** Wait after a charger's first failure; doubles up to `maxBackoffMs`. */
  initialBackoffMs?: number;
  maxBackoffMs?: number;
}

/** As an outbox row has it. */
type SessionCall = object & { traceparent?: string };

interface InFlight {
  shard: number;
  /** Whether the charger is one that is tried again. */
  again: boolean;
  ended: Promise<void>;
}

/** Calls of one charger, how often the first of them has failed, and by what lead they are made. */
interface Calls {
  cpId: string;
  shard: number;
  failures: number;
  turn: Turn;
  removals: GroupCommit<string>;
}

const BATCH = 200;
/** Of a charger that is tried again: the first of them fails as a rule. */
const RETRY_BATCH = 20;

/** Outbox to the backend: one charger's calls in order, a charger that fails waits without holding up the others. */
export class BackendDelivery implements Delivery {
  readonly lane = 'backend';
  private readonly inFlight = new Map<string, InFlight>();
  /** On the lease's connection, so anew for each lead. */
  private removals: GroupCommit<string> | undefined;
  private broken: unknown;

  constructor(private readonly options: BackendDeliveryOptions) {}

  /** Where the backend does not answer, its circuit opens: no reason to let another instance try. */
  ready(): Promise<void> {
    return Promise.resolve();
  }

  async deliver(shards: readonly number[], turn: Turn): Promise<NextLook> {
    if (this.broken !== undefined) throw this.broken;
    const { outbox, retries, backend, concurrency = 16 } = this.options;
    const { admitsInMs, probing } = backend.circuit;
    if (admitsInMs > 0) return { shards: [], inMs: admitsInMs };
    const places = probing ? 1 : concurrency;
    const free = places - this.inFlight.size;
    if (free <= 0) return { shards: [] };

    const connection = turn.lease;
    const exceptCpIds = [...this.inFlight.keys()];
    const limit = Math.ceil(BATCH / shards.length);
    const [waiting, rows] = await Promise.all([
      retries.next(shards, free + 1, exceptCpIds, connection),
      outbox.take(this.lane, shards, { limit, exceptCpIds, connection }),
    ]);
    const held = rows.filter(({ waits }) => waits);
    await retries.hold(
      held.map(({ id }) => id),
      connection,
    );
    const due = waiting.filter(({ dueInMs }) => dueInMs <= 0).slice(0, this.placesForRetries(places));
    const chargers = Map.groupBy(
      rows.filter(({ waits }) => !waits),
      (row) => row.cpId,
    );
    this.begin(due, [...chargers.values()].slice(0, free - due.length), turn);
    const inMs = waiting.find(({ dueInMs }) => dueInMs > 0)?.dueInMs;
    return { shards: full(rows, limit), ...(inMs !== undefined && { inMs }) };
  }

  idle(shard: number): boolean {
    return ![...this.inFlight.values()].some((one) => one.shard === shard);
  }

  async settle(): Promise<void> {
    await Promise.all([...this.inFlight.values()].map(({ ended }) => ended));
    this.removals = undefined;
    this.broken = undefined;
  }

  /** At most half of all: where many fail slowly, the others are served all the same. */
  private placesForRetries(places: number): number {
    const taken = [...this.inFlight.values()].filter(({ again }) => again).length;
    return Math.max(0, Math.min(Math.ceil(places / 2) - taken, places - this.inFlight.size));
  }

  private begin(due: readonly Retry[], chargers: readonly TakenRow[][], turn: Turn): void {
    const { outbox } = this.options;
    const removals = (this.removals ??= new GroupCommit({
      commit: (ids) => outbox.remove(ids, turn.lease),
      inFlight: 1,
    }));
    for (const { cpId, shard, failures } of due) {
      const calls = { cpId, shard, failures, turn, removals };
      this.track(calls, true, this.retry(calls));
    }
    for (const rows of chargers) {
      const [first] = rows;
      if (first === undefined) continue;
      const calls = { cpId: first.cpId, shard: first.shard, failures: 0, turn, removals };
      this.track(calls, false, this.deliverAll(rows, calls));
    }
  }

  private track({ cpId, shard, turn }: Calls, again: boolean, work: Promise<unknown>): void {
    const ended = work
      // The database failed, not the backend: the next look reports it and the lead is given up.
      .catch((error: unknown) => {
        this.broken = error;
      })
      .then(() => {
        this.inFlight.delete(cpId);
        turn.wake();
      });
    this.inFlight.set(cpId, { shard, again, ended });
  }

  private async retry(calls: Calls): Promise<void> {
    const { retries } = this.options;
    const connection = calls.turn.lease;
    let held: OutboxRow[];
    do {
      held = await retries.held(calls.cpId, RETRY_BATCH, connection);
      if (!(await this.deliverAll(held, calls))) return;
    } while (held.length > 0);
    await retries.forget(calls.cpId, connection);
  }

  /** @returns whether nothing of it is left to deliver */
  private async deliverAll(rows: readonly OutboxRow[], calls: Calls): Promise<boolean> {
    const { outbox, backend, delivered, logger } = this.options;
    const { cpId, shard, turn, removals } = calls;
    for (const [n, row] of rows.entries()) {
      if (this.broken !== undefined || !turn.leads(shard)) return false;
      try {
        const { traceparent, ...data } = JSON.parse(Buffer.from(row.payload).toString('utf8')) as SessionCall;
        await backend.deliver(row.destination, cpId, data, row.eventId, traceparent);
      } catch (error) {
        if (!(error instanceof BackendError) || error.retriable) {
          await this.postpone(calls, rows.slice(n), error);
          return false;
        }
        logger.error('backend refused a session call', { cpId, path: row.destination, id: row.id, err: error });
        await outbox.setAside(row.id, 'backend-dead', turn.lease);
        continue;
      }
      calls.failures = 0;
      await removals.add([row.id]);
      delivered?.(1);
    }
    return true;
  }

  private async postpone(calls: Calls, rows: readonly OutboxRow[], error: unknown): Promise<void> {
    const { retries, initialBackoffMs = 500, maxBackoffMs = 60_000, logger } = this.options;
    // Not asked at all: nothing is known of this charger.
    if (error instanceof BackendError && error.kind === 'circuitOpen') return;
    const { cpId, turn } = calls;
    const failures = calls.failures + 1;
    const waitMs = backoffMs(failures, { firstMs: initialBackoffMs, maxMs: maxBackoffMs });
    await retries.postpone({ cpId, failures, waitMs, ids: rows.map(({ id }) => id) }, turn.lease);
    logger.warn('backend did not take a session call', { cpId, failures, err: error });
  }
}
