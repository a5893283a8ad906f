import type { EdgeInstances } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';

export interface InstanceLeaseOptions {
  instances: Pick<EdgeInstances, 'beat' | 'connectionsOf' | 'leave'>;
  instanceId: string;
  pod: string;
  /** An instance that has not been alive for so long is lost. */
  ttlMs: number;
  /** Writes what the rows lack, and ends those that are left over. */
  reconcile: (connectionIds: readonly string[]) => void;
  logger: Logger;
}

/**
 * Tells the other pods that this instance is alive, and makes the rows of its connections right: a write may have failed,
 * and another pod may have taken this instance for lost while it was cut off from Postgres (docs/adr/0062).
 */
export class InstanceLease {
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | null = null;
  /** performance.now() times of the first and the latest of the beats that came in time. */
  private beats: { first: number; latest: number } | null = null;

  constructor(private readonly options: InstanceLeaseOptions) {}

  /** Resolves after the first beat, which precedes the first connection. */
  async start(): Promise<void> {
    this.timer = setInterval(() => void this.beat(), this.options.ttlMs / 3).unref();
    await this.beat();
  }

  async stop(): Promise<void> {
    const { instances, instanceId, logger } = this.options;
    clearInterval(this.timer);
    await this.beating;
    await instances.leave(instanceId).catch((err: unknown) => logger.debug('instance not removed', { err }));
  }

  /** Whether Postgres has been there for so long that every instance alive has said so. */
  get steady(): boolean {
    const { ttlMs } = this.options;
    return this.beats !== null && this.beats.latest - this.beats.first >= ttlMs && !this.late(this.beats.latest);
  }

  private beat(): Promise<void> {
    return (this.beating ??= this.tell().finally(() => {
      this.beating = null;
    }));
  }

  private async tell(): Promise<void> {
    const { instances, instanceId, pod, reconcile, logger } = this.options;
    try {
      await instances.beat(instanceId, pod);
      const now = performance.now();
      this.beats = { first: this.beats && !this.late(this.beats.latest) ? this.beats.first : now, latest: now };
      reconcile(await instances.connectionsOf(instanceId));
    } catch (err) {
      this.beats = null;
      logger.debug('instance could not say that it is alive', { err });
    }
  }

  private late(latest: number): boolean {
    return performance.now() - latest > this.options.ttlMs;
  }
}
