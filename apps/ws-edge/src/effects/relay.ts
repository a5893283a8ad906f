import { setTimeout as sleep } from 'node:timers/promises';
import type { Leadership, Lease, Outbox, OutboxDepth, OutboxRow } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { RelayedLane } from './commit.ts';

/** Told for the metrics. */
export interface RelayObserver {
  depth?(depth: OutboxDepth): void;
  delivered?(rows: readonly OutboxRow[]): void;
}

export interface RelayOptions {
  leadership: Leadership;
  outbox: Outbox;
  logger: Logger;
  observer?: RelayObserver;
  /** How long a leader that heard nothing waits until it looks: commits of other pods nudge only their own relay. */
  pollMs?: number;
  /** Rows gather this long between two drains, where the receiver takes many as cheaply as one. */
  gatherMs?: number;
  /** How long a pod that does not lead waits until it tries to. */
  standbyMs?: number;
  depthIntervalMs?: number;
}

export interface Lane {
  name: RelayedLane;
  /** Delivers what is there; true: look again at once. An error gives the lead up, for this pod or another to retry. */
  drain(lease: Lease): Promise<boolean>;
  /** Called before the lead is given up: ends what `drain` has left running. */
  settle(): Promise<void>;
}

const MAX_BACKOFF_MS = 5_000;

/** Empties one lane of the outbox, in one pod of the fleet at a time. */
export class Relay {
  private readonly lane: Lane;
  private readonly options: RelayOptions;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private depthTimer: NodeJS.Timeout | undefined;
  private nudged = false;
  private wake: () => void = () => undefined;
  private failures = 0;

  constructor(lane: Lane, options: RelayOptions) {
    this.lane = lane;
    this.options = options;
  }

  start(): void {
    this.running ??= this.run();
    if (this.options.observer?.depth)
      this.depthTimer = setInterval(() => void this.readDepth(), this.options.depthIntervalMs ?? 5_000);
  }

  /** What is being delivered is finished; what is left stays in the outbox for whoever leads next. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.depthTimer);
    this.nudge();
    await this.running;
  }

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Something was committed here. */
  nudge(): void {
    this.nudged = true;
    this.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.options.leadership.withLeadership(`outbox ${this.lane.name}`, (lease) => this.lead(lease));
        await this.pause(this.options.standbyMs ?? 1_000);
      } catch (error) {
        this.failures += 1;
        this.options.logger.warn('outbox relay interrupted', { lane: this.lane.name, err: error });
        await this.pause(Math.min(100 * 2 ** this.failures, MAX_BACKOFF_MS));
      }
    }
  }

  private async lead(lease: Lease): Promise<void> {
    this.options.logger.info('outbox relay leads', { lane: this.lane.name });
    try {
      while (!this.stopping.signal.aborted && !lease.lost.aborted) {
        this.nudged = false;
        const since = performance.now();
        if (await this.lane.drain(lease)) continue;
        this.failures = 0;
        await this.nudgeOrPoll();
        await this.gather(since);
      }
    } finally {
      await this.lane.settle();
    }
  }

  private async nudgeOrPoll(): Promise<void> {
    if (this.nudged) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.options.pollMs ?? 100);
    this.wake = resolve;
    await promise;
    clearTimeout(timer);
  }

  private async gather(since: number): Promise<void> {
    const ms = since + (this.options.gatherMs ?? 0) - performance.now();
    if (ms > 0) await this.pause(ms);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private async readDepth(): Promise<void> {
    try {
      this.options.observer?.depth?.(await this.options.outbox.depth(this.lane.name));
    } catch (error) {
      this.options.logger.debug('outbox depth not read', { lane: this.lane.name, err: error });
    }
  }
}
