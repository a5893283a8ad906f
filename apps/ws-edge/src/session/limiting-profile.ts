import type { ChargingProfile } from '@ocpp-gw/contracts';
import type { ChargingProfileRecord } from '@ocpp-gw/persistence';

/**
 * Of a station's profiles the one that limits the transaction at an EVSE: its TxProfile of the highest level that is valid now
 * (OCPP 2.0.1 K01, K17). A TxProfile is gone from the mirror when its transaction ends.
 */
export function limitingProfile(
  profiles: readonly ChargingProfileRecord[],
  evseId: number,
  now: Date,
): ChargingProfile | null {
  const [highest] = profiles
    .filter((profile) => profile.purpose === 'TxProfile' && profile.evseId === evseId)
    .filter(({ validFrom, validTo }) => (validFrom ?? now) <= now && now <= (validTo ?? now))
    .sort((one, other) => other.stackLevel - one.stackLevel);
  return highest ? toProfile(highest) : null;
}

function toProfile(record: ChargingProfileRecord): ChargingProfile {
  return {
    chargingProfileId: record.chargingProfileId,
    stackLevel: record.stackLevel,
    purpose: 'TxProfile',
    kind: record.kind as ChargingProfile['kind'],
    ...(record.recurrencyKind === null ? {} : { recurrencyKind: record.recurrencyKind as 'Daily' | 'Weekly' }),
    ...(record.validFrom === null ? {} : { validFrom: record.validFrom.toISOString() }),
    ...(record.validTo === null ? {} : { validTo: record.validTo.toISOString() }),
    ...(record.transactionId === null ? {} : { transactionId: record.transactionId }),
    schedule: record.schedule,
    ...(record.alternatives === null ? {} : { alternatives: record.alternatives }),
  };
}
