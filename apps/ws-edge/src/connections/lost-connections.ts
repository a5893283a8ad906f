import { LedTask, type EdgeInstances, type LedTaskOptions, type LostConnection } from '@ocpp-gw/persistence';
import type { OnlineRegistry } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import type { StationRecorder } from '../effects/index.ts';
import type { InstanceLease } from './instance-lease.ts';

/** Reason of a close that was written for a pod that could not write it. */
export const POD_LOST = 'pod_lost';

const AT_ONCE = 500;
const LONGEST_PAUSE_MS = 10_000;

export interface LostConnectionsOptions {
  leadership: LedTaskOptions['leadership'];
  instances: Pick<EdgeInstances, 'lost' | 'forget'>;
  registry: Pick<OnlineRegistry, 'getMany' | 'lastSeen'>;
  recorder: Pick<StationRecorder, 'recordConnection'>;
  lease: Pick<InstanceLease, 'steady'>;
  ttlMs: number;
  logger: Logger;
}

/** Ends the connections of pods that are lost, since those cannot say it themselves (docs/adr/0062). */
export class LostConnections {
  constructor(private readonly options: LostConnectionsOptions) {}

  task(): LedTask {
    const { leadership, logger, ttlMs } = this.options;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, ttlMs / 3);
    return new LedTask({
      leadership,
      logger,
      name: 'lost connections',
      pauseMs,
      run: (stopping) => this.end(stopping),
    });
  }

  /** Ends all of them, some at a time. */
  async end(stopping: AbortSignal): Promise<void> {
    const { instances, lease, ttlMs } = this.options;
    if (!lease.steady) return;
    const kept: string[] = [];
    for (;;) {
      const lost = await instances.lost(ttlMs, AT_ONCE, kept);
      if (lost.length === 0 || stopping.aborted) break;
      kept.push(...(await this.endSome(lost)));
    }
    await instances.forget(ttlMs);
  }

  /** @returns the ids of those that are held still: the pod is cut off from Postgres alone */
  private async endSome(lost: readonly LostConnection[]): Promise<string[]> {
    const { recorder, logger } = this.options;
    const { held, seen } = await this.registered(lost);
    const gone = lost.filter(({ connectionId }) => !held.has(connectionId));
    const now = new Date();
    await Promise.all(
      gone.map((connection) => {
        const { cpId, protocol, connectionId, remoteAddress, openedAt: beganAt, pod } = connection;
        const lastSeen = this.lastHeard(connection, seen.get(cpId));
        const known = { connectionId, remoteAddress, beganAt, lastSeen };
        const end = { connected: false, at: lastSeen, reason: POD_LOST, pod: pod ?? '' };
        return recorder.recordConnection(cpId, protocol, { ...known, ...end }, now);
      }),
    );
    if (gone.length > 0)
      logger.warn('connections of a lost pod ended', { pods: podsOf(gone), connections: gone.length });
    return [...held];
  }

  /** Redis may be away: then nothing more is known than Postgres says. */
  private async registered(lost: readonly LostConnection[]): Promise<{ held: Set<string>; seen: Map<string, number> }> {
    const { registry, logger } = this.options;
    const cpIds = lost.map(({ cpId }) => cpId);
    try {
      const entries = await registry.getMany(cpIds);
      const held = lost.filter(({ cpId, connectionId }) => entries.get(cpId)?.connectionId === connectionId);
      return { held: new Set(held.map(({ connectionId }) => connectionId)), seen: await registry.lastSeen(cpIds) };
    } catch (err) {
      logger.debug('online registry not read', { err });
      return { held: new Set(), seen: new Map() };
    }
  }

  /** As far as known; what was seen long after the pod's end was seen by another. */
  private lastHeard({ heardAt, aliveAt, openedAt }: LostConnection, seen = 0): Date {
    const alive = aliveAt?.getTime() ?? 0;
    const own = seen > 0 && seen <= alive + this.options.ttlMs ? seen : alive;
    return new Date(Math.max(heardAt?.getTime() ?? own, openedAt.getTime()));
  }
}

function podsOf(lost: readonly LostConnection[]): string[] {
  return [...new Set(lost.flatMap(({ pod }) => pod ?? []))];
}
