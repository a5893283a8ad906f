import { GroupCommit, type Lease, type OutboxRow } from '@ocpp-gw/persistence';
import { Relay, type Lane, type RelayOptions } from './relay.ts';

/** Throws where the backend did not take it; an error with `retriable: false` says that it never will. */
export type DeliverToBackend = (path: string, cpId: string, data: object, idempotencyKey: string) => Promise<void>;

export interface BackendRelayOptions extends RelayOptions {
  deliver: DeliverToBackend;
  /** Chargers served at once. */
  concurrency?: number;
  /** Wait after a charger's first failure; doubles up to `maxBackoffMs`. */
  initialBackoffMs?: number;
  maxBackoffMs?: number;
}

interface Resting {
  failures: number;
  /** performance.now() time. */
  until: number;
}

const BATCH = 200;

/** Outbox to the backend: one charger's calls in order, a charger that fails waits without holding up the others. */
export class BackendRelay implements Lane {
  readonly name = 'backend';
  private readonly options: BackendRelayOptions;
  private readonly relay: Relay;
  private readonly inFlight = new Map<string, Promise<void>>();
  private readonly resting = new Map<string, Resting>();
  /** On the lease's connection, so anew for each lead. */
  private removals: GroupCommit<string> | undefined;
  private broken: unknown;

  constructor(options: BackendRelayOptions) {
    this.options = options;
    this.relay = new Relay(this, options);
  }

  start(): void {
    this.relay.start();
  }

  stop(): Promise<void> {
    return this.relay.stop();
  }

  nudge(): void {
    this.relay.nudge();
  }

  async drain(lease: Lease): Promise<boolean> {
    if (this.broken !== undefined) throw this.broken;
    const free = (this.options.concurrency ?? 16) - this.inFlight.size;
    if (free <= 0) return false;
    const { outbox } = this.options;
    const rows = await outbox.take(this.name, BATCH, { exceptCpIds: this.busy(), connection: lease.connection });
    const chargers = Map.groupBy(rows, (row) => row.cpId);
    const removals = (this.removals ??= new GroupCommit({
      commit: (ids) => outbox.remove(ids, lease.connection),
      inFlight: 1,
    }));
    for (const [cpId, queue] of [...chargers].slice(0, free)) this.begin(cpId, queue, lease, removals);
    return false;
  }

  async settle(): Promise<void> {
    await Promise.all(this.inFlight.values());
    this.removals = undefined;
    this.broken = undefined;
  }

  private busy(): string[] {
    const now = performance.now();
    const resting = [...this.resting].filter(([, { until }]) => until > now).map(([cpId]) => cpId);
    return [...this.inFlight.keys(), ...resting];
  }

  private begin(cpId: string, queue: readonly OutboxRow[], lease: Lease, removals: GroupCommit<string>): void {
    const run = this.deliverAll(cpId, queue, lease, removals)
      // The database failed, not the backend: the next drain reports it and the lead is given up.
      .catch((error: unknown) => {
        this.broken = error;
      })
      .finally(() => {
        this.inFlight.delete(cpId);
        this.relay.nudge();
      });
    this.inFlight.set(cpId, run);
  }

  private async deliverAll(
    cpId: string,
    queue: readonly OutboxRow[],
    { connection, lost }: Lease,
    removals: GroupCommit<string>,
  ): Promise<void> {
    const { outbox, observer, logger, deliver } = this.options;
    for (const row of queue) {
      if (lost.aborted || this.relay.stopped) return;
      try {
        await deliver(
          row.destination,
          cpId,
          JSON.parse(Buffer.from(row.payload).toString('utf8')) as object,
          row.eventId,
        );
      } catch (error) {
        if (!isRefusal(error)) {
          this.rest(cpId, error);
          return;
        }
        logger.error('backend refused a session call', { cpId, path: row.destination, id: row.id, err: error });
        await outbox.bury(row.id, 'backend-dead', connection);
        continue;
      }
      this.resting.delete(cpId);
      await removals.add([row.id]);
      observer?.delivered?.([row]);
    }
  }

  private rest(cpId: string, error: unknown): void {
    const { initialBackoffMs = 500, maxBackoffMs = 60_000, logger } = this.options;
    const failures = (this.resting.get(cpId)?.failures ?? 0) + 1;
    const wait = Math.min(initialBackoffMs * 2 ** (failures - 1), maxBackoffMs);
    this.resting.set(cpId, { failures, until: performance.now() + wait });
    logger.warn('backend did not take a session call', { cpId, failures, err: error });
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'retriable' in error && error.retriable === false;
}
