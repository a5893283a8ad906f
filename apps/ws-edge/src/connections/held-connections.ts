import { EdgeInstances, type LedTask } from '@ocpp-gw/persistence';
import { OnlineRegistry } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import type { BackingServices } from '../backing-services.ts';
import type { Config } from '../config.ts';
import type { OutboxSide } from '../outbox.ts';
import type { ConnectionLog } from '../session/connection-log.ts';
import type { Sessions } from '../session/sessions.ts';
import { InstanceLease } from './instance-lease.ts';
import { LostConnections } from './lost-connections.ts';

/** Keeps what Postgres says of open connections right: of this pod's, and of those of pods that are lost. */
export class HeldConnections {
  private readonly lease: InstanceLease;
  private readonly lost: LedTask;

  constructor(
    config: Config,
    { database, redis }: Pick<BackingServices, 'database' | 'redis'>,
    { leadership, recorder, instanceId }: Pick<OutboxSide, 'leadership' | 'recorder' | 'instanceId'>,
    { sessions, log }: { sessions: Sessions; log: ConnectionLog },
    logger: Logger,
  ) {
    const ttlMs = config.EVEYS_OCPP_WS_ONLINE_TTL_S * 1000;
    const pod = config.EVEYS_OCPP_POD_NAME;
    const instances = new EdgeInstances(database);
    const reconcile = (known: readonly string[]): void => log.reconcile(sessions.all(), known);
    const lease = new InstanceLease({ instances, instanceId, pod, ttlMs, reconcile, logger });
    const registry = new OnlineRegistry(redis, { ttlMs });
    this.lease = lease;
    this.lost = new LostConnections({ leadership, instances, registry, recorder, lease, ttlMs, logger }).task();
  }

  async start(): Promise<void> {
    await this.lease.start();
    this.lost.start();
  }

  async stop(): Promise<void> {
    await this.lost.stop();
    await this.lease.stop();
  }
}
