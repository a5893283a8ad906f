import { identityKey, type OnlineEntry, type Page } from '@ocpp-gw/contracts';
import {
  chargePointCursor,
  type ChargePointFilter,
  type ChargePointRecord,
  type ChargePoints,
  type ConnectorRecord,
} from '@ocpp-gw/persistence';
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

/** How many charge points are read together to find those that are connected, or those that are not. */
const READ_TOGETHER = 500;
/** After how many a page ends, full or not. */
const MOST_READ = 5_000;

export interface PresentChargePointFilter extends ChargePointFilter {
  online?: boolean;
}

/** Reads charge points from Postgres and adds their presence from the online registry in Redis. */
export class ChargePointReads {
  constructor(
    private readonly chargePoints: Pick<ChargePoints, 'find' | 'findMany' | 'list' | 'connectors'>,
    private readonly registry: Pick<OnlineRegistry, 'getMany' | 'lastSeen'>,
  ) {}

  async list({ online, ...filter }: PresentChargePointFilter): Promise<Page<PresentChargePoint>> {
    if (online !== undefined) return this.listByPresence(filter, online);
    const page = await this.chargePoints.list(filter);
    const presence = await this.presence(page.items.map((record) => record.cpId));
    return { ...page, items: page.items.map((record) => ({ record, presence: presence(record.cpId) })) };
  }

  /** Those of the identities that are not registered. */
  async unknown(cpIds: readonly string[]): Promise<string[]> {
    const found = await this.chargePoints.findMany(cpIds);
    const known = new Set(found.map(({ cpId }) => identityKey(cpId)));
    return cpIds.filter((cpId) => !known.has(identityKey(cpId)));
  }

  /**
   * Postgres does not know who is connected, so charge points are read until a page is full, or for so long. A page may be
   * short, therefore, and is not the last one unless it has no cursor.
   * @throws RedisUnavailableError
   */
  private async listByPresence(filter: ChargePointFilter, online: boolean): Promise<Page<PresentChargePoint>> {
    const items: PresentChargePoint[] = [];
    let { cursor } = filter;
    for (let read = 0; read < MOST_READ; read += READ_TOGETHER) {
      const page = await this.chargePoints.list({ ...filter, limit: READ_TOGETHER, cursor });
      const presence = await this.knownPresence(page.items.map(({ cpId }) => cpId));
      for (const record of page.items) {
        const of = presence(record.cpId);
        if (of.online !== online) continue;
        items.push({ record, presence: of });
        if (items.length < filter.limit) continue;
        const isLast = page.nextCursor === null && record === page.items.at(-1);
        return { items, nextCursor: isLast ? null : chargePointCursor(record, filter.sort) };
      }
      if (page.nextCursor === null) return { items, nextCursor: null };
      cursor = page.nextCursor;
    }
    return { items, nextCursor: cursor ?? null };
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
      return await this.knownPresence(cpIds);
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      return () => ({ online: null, entry: null, lastSeen: null });
    }
  }

  /** @throws RedisUnavailableError */
  private async knownPresence(cpIds: readonly string[]): Promise<(cpId: string) => Presence> {
    const [entries, seen] = await Promise.all([this.registry.getMany(cpIds), this.registry.lastSeen(cpIds)]);
    return (cpId) => {
      const entry = entries.get(cpId);
      const lastSeen = latest([entry?.lastSeen, seen.get(cpId)]);
      return entry ? { online: true, entry, lastSeen } : { online: false, entry: null, lastSeen };
    };
  }
}

/** The latest of the times (Unix milliseconds) that are known. */
function latest(times: readonly (number | undefined)[]): Date | null {
  const known = times.filter((at) => at !== undefined);
  return known.length > 0 ? new Date(Math.max(...known)) : null;
}
