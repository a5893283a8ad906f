import type { ChargePointRecord, UsedOffer } from '@ocpp-gw/persistence';
import { ExpiringCache } from './expiring-cache.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';

const CACHE_LIMIT = 100_000;
/** Chargers that are unknown come back in seconds; the one just registered must not wait for long. */
const ABSENT_TTL_MS = 2_000;

/** What the edge knows of a charger before it lets it in. */
export interface Station {
  /** The registered spelling where there is one, else as in the path. */
  cpId: string;
  /** Null: let in although unknown; the register call decides. */
  record: ChargePointRecord | null;
}

export interface KnownStationOptions {
  find: (cpId: string) => Promise<ChargePointRecord | null>;
  promote: (cpId: string, used: UsedOffer) => Promise<void>;
  allowUnknown: boolean;
  cacheTtlMs: number;
  now: () => number;
}

/** Guard: the identity is registered. Lookups are cached briefly; a database error refuses (fail closed). */
export class KnownStations {
  private readonly cache: ExpiringCache<ChargePointRecord | null>;
  private readonly options: KnownStationOptions;

  constructor(options: KnownStationOptions) {
    this.options = options;
    this.cache = new ExpiringCache(CACHE_LIMIT, options.now);
  }

  async check(identity: string): Promise<Station | Refusal> {
    let record: ChargePointRecord | null;
    try {
      record = await this.lookup(identity);
    } catch (cause) {
      const refusal = refuse(
        503,
        'dependency_away',
        'the register of charge points cannot be read now; try again later',
        {
          'retry-after': '10',
        },
      );
      return { ...refusal, cause };
    }
    if (record) return { cpId: record.cpId, record };
    if (this.options.allowUnknown) return { cpId: identity, record: null };
    return refuse(
      404,
      'unknown_charge_point',
      'no charge point is registered under this identity; register it first, or correct the identity in the URL',
    );
  }

  /** Asked past the cache; null: nothing that lets it in has changed. */
  async recheck(station: Station): Promise<Station | Refusal | null> {
    this.forget(station.cpId);
    const now = await this.check(station.cpId);
    return isRefusal(now) || !sameAccess(now.record, station.record) ? now : null;
  }

  /** The station has used what it was offered: what it had before is worth nothing from now on. */
  async promote(cpId: string, used: UsedOffer): Promise<void> {
    await this.options.promote(cpId, used);
    this.forget(cpId);
  }

  /** Called when this pod changed what is stored of the charger. */
  forget(cpId: string): void {
    this.cache.delete(keyOf(cpId));
  }

  private async lookup(identity: string): Promise<ChargePointRecord | null> {
    const key = keyOf(identity);
    const cached = this.cache.get(key);
    if (cached !== undefined && (cached === null || isSettled(cached))) return cached;
    const record = await this.options.find(identity);
    this.cache.set(key, record, record ? this.options.cacheTtlMs : Math.min(ABSENT_TTL_MS, this.options.cacheTtlMs));
    return record;
  }
}

/**
 * Worth caching. Whoever is not Accepted may have become so on another pod, and whoever has been offered a password or a
 * profile may have used it there.
 */
function isSettled({ registrationStatus, offeredPasswordHash, offeredSecurityProfile }: ChargePointRecord): boolean {
  return registrationStatus === 'Accepted' && offeredPasswordHash === null && offeredSecurityProfile === null;
}

const ACCESS = [
  'securityProfile',
  'offeredSecurityProfile',
  'passwordHash',
  'offeredPasswordHash',
  'serialNumber',
] as const satisfies readonly (keyof ChargePointRecord)[];

function sameAccess(one: ChargePointRecord | null, other: ChargePointRecord | null): boolean {
  return ACCESS.every((field) => one?.[field] === other?.[field]);
}

/** Identities compare case-insensitively (notes 2.6). */
function keyOf(cpId: string): string {
  return cpId.toLowerCase();
}
