import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { ExpiringCache } from './expiring-cache.ts';
import { refuse, type Refusal } from './refusal.ts';

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

  /** Called when this pod changed what is stored of the charger. */
  forget(cpId: string): void {
    this.cache.delete(keyOf(cpId));
  }

  private async lookup(identity: string): Promise<ChargePointRecord | null> {
    const key = keyOf(identity);
    const cached = this.cache.get(key);
    // Whoever is not Accepted may have become so on another pod: only the settled state is worth caching.
    if (cached !== undefined && (cached === null || cached.registrationStatus === 'Accepted')) return cached;
    const record = await this.options.find(identity);
    this.cache.set(key, record, record ? this.options.cacheTtlMs : Math.min(ABSENT_TTL_MS, this.options.cacheTtlMs));
    return record;
  }
}

/** Identities compare case-insensitively (notes 2.6). */
function keyOf(cpId: string): string {
  return cpId.toLowerCase();
}
