import { identityKey } from '@ocpp-gw/contracts';
import type { ChargePointRecord, UsedOffer } from '@ocpp-gw/persistence';
import { ExpiringCache } from './expiring-cache.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';

const CACHE_LIMIT = 100_000;
/** Refused charge points try again within seconds, and one that was just registered or restored must not wait for long. */
const REFUSED_TTL_MS = 2_000;

/** The stored facts about a charge point that the handshake checks. */
export interface Station {
  /** The identity as it was registered, or as in the path when it is unknown. */
  cpId: string;
  /** Null for an unknown charge point that is accepted; the register call decides. */
  record: ChargePointRecord | null;
}

export interface KnownStationOptions {
  find: (cpId: string) => Promise<ChargePointRecord | null>;
  promote: (cpId: string, used: UsedOffer) => Promise<void>;
  allowUnknown: boolean;
  cacheTtlMs: number;
  now: () => number;
}

/**
 * Guard: checks that the identity is registered and not retired. Lookups are cached briefly. A database error refuses the handshake.
 */
export class KnownStations {
  private readonly cache: ExpiringCache<ChargePointRecord | null>;

  constructor(private readonly options: KnownStationOptions) {
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
    if (record && !isActive(record))
      return refuse(404, 'retired_charge_point', 'this charge point is retired; restore it first, or correct the URL');
    if (record) return { cpId: record.cpId, record };
    if (this.options.allowUnknown) return { cpId: identity, record: null };
    return refuse(
      404,
      'unknown_charge_point',
      'no charge point is registered under this identity; register it first, or correct the identity in the URL',
    );
  }

  /** Reads without the cache; null when nothing that the handshake checks has changed. */
  async recheck(station: Station): Promise<Station | Refusal | null> {
    this.forget(station.cpId);
    const now = await this.check(station.cpId);
    return isRefusal(now) || !sameAccess(now.record, station.record) ? now : null;
  }

  /** Records that the charge point has used a new password or profile. The former one is no longer valid. */
  async promote(cpId: string, used: UsedOffer): Promise<void> {
    await this.options.promote(cpId, used);
    this.forget(cpId);
  }

  /** Called when this pod has changed the stored facts about the charge point. */
  forget(cpId: string): void {
    this.cache.delete(identityKey(cpId));
  }

  private async lookup(identity: string): Promise<ChargePointRecord | null> {
    const key = identityKey(identity);
    const cached = this.cache.get(key);
    if (cached !== undefined && (!isActive(cached) || isSettled(cached))) return cached;
    const record = await this.options.find(identity);
    const { cacheTtlMs } = this.options;
    this.cache.set(key, record, isActive(record) ? cacheTtlMs : Math.min(REFUSED_TTL_MS, cacheTtlMs));
    return record;
  }
}

function isActive(record: ChargePointRecord | null): record is ChargePointRecord {
  return record?.retiredAt === null;
}

/**
 * Whether the facts may be cached. Another pod may have changed the registration of a charge point that is not
 * Accepted, or may have seen it use a new password or profile.
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
  'retiredAt',
] as const satisfies readonly (keyof ChargePointRecord)[];

function sameAccess(one: ChargePointRecord | null, other: ChargePointRecord | null): boolean {
  return ACCESS.every((field) => one?.[field] === other?.[field]);
}
