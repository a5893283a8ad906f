import type { OnlineEntry, Page } from '@ocpp-gw/contracts';
import type { ChargePointFilter, ChargePointRecord, ChargePoints, ConnectorRecord } from '@ocpp-gw/persistence';
import { RedisUnavailableError, type OnlineRegistry } from '@ocpp-gw/redis';
import { ProblemError } from '../problems/problem-error.ts';

/** Whether a charge point is connected, and to which pod. `online` is null while Redis cannot be asked. */
export type Presence = (
  { online: true; entry: OnlineEntry } | { online: false; entry: null } | { online: null; entry: null }
) & {
  /** When the charge point last sent something, as Redis knows it; null when Redis does not know or cannot be asked. */
  lastSeen: Date | null;
};

export interface PresentChargePoint {
  record: ChargePointRecord;
  presence: Presence;
}

/** Reads charge points from Postgres and adds their presence from the online registry in Redis. */
export class ChargePointReads {
  constructor(
    private readonly chargePoints: Pick<ChargePoints, 'find' | 'findMany' | 'list' | 'connectors'>,
    private readonly registry: Pick<OnlineRegistry, 'getMany' | 'lastSeen'>,
  ) {}

  async list(filter: ChargePointFilter): Promise<Page<PresentChargePoint>> {
    const page = await this.chargePoints.list(filter);
    const presence = await this.presence(page.items.map((record) => record.cpId));
    return { ...page, items: page.items.map((record) => ({ record, presence: presence(record.cpId) })) };
  }

  /** Those of the identities that are registered. */
  async present(cpIds: readonly string[]): Promise<PresentChargePoint[]> {
    const records = await this.chargePoints.findMany(cpIds);
    const presence = await this.presence(records.map(({ cpId }) => cpId));
    return records.map((record) => ({ record, presence: presence(record.cpId) }));
  }

  /** @throws ProblemError when there is none. */
  async find(cpId: string): Promise<ChargePointRecord> {
    const record = await this.chargePoints.find(cpId);
    if (!record) throw new ProblemError('charge-point-not-found');
    return record;
  }

  async get(cpId: string): Promise<PresentChargePoint & { connectors: ConnectorRecord[] }> {
    const record = await this.find(cpId);
    const [connectors, presence] = await Promise.all([
      this.chargePoints.connectors(record.cpId),
      this.presence([record.cpId]),
    ]);
    return { record, connectors, presence: presence(record.cpId) };
  }

  /** Without Redis a read still succeeds, with an unknown presence. */
  private async presence(cpIds: readonly string[]): Promise<(cpId: string) => Presence> {
    try {
      const [entries, seen] = await Promise.all([this.registry.getMany(cpIds), this.registry.lastSeen(cpIds)]);
      return (cpId) => {
        const entry = entries.get(cpId);
        const lastSeen = latest([entry?.lastSeen, seen.get(cpId)]);
        return entry ? { online: true, entry, lastSeen } : { online: false, entry: null, lastSeen };
      };
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      return () => ({ online: null, entry: null, lastSeen: null });
    }
  }
}

/** The latest of the times (Unix milliseconds) that are known. */
function latest(times: readonly (number | undefined)[]): Date | null {
  const known = times.filter((at) => at !== undefined);
  return known.length > 0 ? new Date(Math.max(...known)) : null;
}
