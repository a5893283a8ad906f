import { redisKeys, type OnlineEntry } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { whileAvailable } from './errors.ts';
import { CLAIM, EVICT, REFRESH, RELEASE } from './online-scripts.ts';

/** A charger's new connection, about to become its owner. */
export interface Claim {
  cpId: string;
  pod: string;
  connectionId: string;
  protocol: string;
  /** Unix milliseconds: the entry's `since` and first `lastSeen`. */
  now: number;
}

export type OwnedEntry = OnlineEntry & { cpId: string };

/** Entries per script call: Redis serves nobody else meanwhile. */
const REFRESH_BATCH = 200;

/** Who owns which charger's socket, across pods. Every change compares epochs, so that the newest connection wins. */
export class OnlineRegistry {
  private readonly redis: Redis;
  private readonly ttlMs: number;

  constructor(redis: Redis, options: { ttlMs: number }) {
    this.redis = redis;
    this.ttlMs = options.ttlMs;
  }

  /** Takes a charger over, with an epoch above every one before. `previous` is the owner that was displaced. */
  async claim(claim: Claim): Promise<{ epoch: number; previous: OnlineEntry | null }> {
    const { cpId, pod, connectionId, protocol, now } = claim;
    const [epoch, previous] = (await whileAvailable('claim a charger', () =>
      this.redis.eval(
        CLAIM,
        2,
        redisKeys.online(cpId),
        redisKeys.seen(cpId),
        pod,
        connectionId,
        protocol,
        now,
        this.ttlMs,
      ),
    )) as [string, string[]];
    return { epoch: Number(epoch), previous: readEntry(pairs(previous)) };
  }

  /**
   * Keeps entries alive and writes what an emptied Redis has forgotten. `lost`: those that a newer connection owns;
   * the caller closes its sockets for them.
   */
  async refresh(entries: readonly OwnedEntry[]): Promise<{ lost: string[] }> {
    const lost: string[] = [];
    for (let start = 0; start < entries.length; start += REFRESH_BATCH) {
      const batch = entries.slice(start, start + REFRESH_BATCH);
      const kept = (await whileAvailable('refresh the online registry', () =>
        this.redis.eval(
          REFRESH,
          batch.length * 2,
          ...batch.flatMap(({ cpId }) => [redisKeys.online(cpId), redisKeys.seen(cpId)]),
          this.ttlMs,
          ...batch.flatMap((e) => [e.epoch, e.pod, e.connectionId, e.protocol, e.since, e.lastSeen]),
        ),
      )) as number[];
      batch.forEach((entry, index) => {
        if (kept[index] !== 1) lost.push(entry.cpId);
      });
    }
    return { lost };
  }

  /** Removes an entry if this epoch still owns it; false when a newer one does, or none. `lastSeen`: Unix milliseconds. */
  async release(cpId: string, epoch: number, lastSeen: number): Promise<boolean> {
    const deleted = await whileAvailable('release a charger', () =>
      this.redis.eval(RELEASE, 2, redisKeys.online(cpId), redisKeys.seen(cpId), epoch, lastSeen),
    );
    return deleted === 1;
  }

  /** Takes a charger away from its owner, which closes the connection when it next refreshes its entries. */
  async evict(cpId: string): Promise<void> {
    await whileAvailable('evict a charger', () => this.redis.eval(EVICT, 1, redisKeys.online(cpId)));
  }

  async get(cpId: string): Promise<OnlineEntry | null> {
    return readEntry(await whileAvailable('look a charger up', () => this.redis.hgetall(redisKeys.online(cpId))));
  }

  /** Chargers without an owner are absent from the answer. */
  async getMany(cpIds: readonly string[]): Promise<Map<string, OnlineEntry>> {
    const found = new Map<string, OnlineEntry>();
    if (cpIds.length === 0) return found;
    const hashes = await whileAvailable('look chargers up', async () => {
      const pipeline = this.redis.pipeline();
      for (const cpId of cpIds) pipeline.hgetall(redisKeys.online(cpId));
      const replies = (await pipeline.exec()) ?? [];
      return replies.map(([error, hash]) => {
        if (error) throw error;
        return hash as Record<string, string>;
      });
    });
    cpIds.forEach((cpId, index) => {
      const entry = readEntry(hashes[index] ?? {});
      if (entry) found.set(cpId, entry);
    });
    return found;
  }

  /**
   * When anything was heard of each charger last, Unix milliseconds, connected or not: also of one whose pod died and could
   * not say so. Those of which nothing is known are absent.
   */
  async lastSeen(cpIds: readonly string[]): Promise<Map<string, number>> {
    if (cpIds.length === 0) return new Map();
    const times = await whileAvailable('look up when chargers were seen', () =>
      this.redis.mget(cpIds.map((cpId) => redisKeys.seen(cpId))),
    );
    return new Map(
      cpIds.flatMap((cpId, index) => {
        const at = times[index];
        return at ? [[cpId, Number(at)] as [string, number]] : [];
      }),
    );
  }
}

function pairs(flat: readonly string[]): Record<string, string> {
  const hash: Record<string, string> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) hash[flat[i] as string] = flat[i + 1] as string;
  return hash;
}

function readEntry(hash: Record<string, string>): OnlineEntry | null {
  const { pod, connectionId, protocol, epoch, since, lastSeen } = hash;
  if (pod === undefined || connectionId === undefined || protocol === undefined) return null;
  return {
    pod,
    connectionId,
    protocol,
    epoch: Number(epoch),
    since: Number(since),
    lastSeen: Number(lastSeen),
  };
}
