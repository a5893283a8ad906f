import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import type { ChargingProfileRecord } from '@ocpp-gw/persistence';

/** The transaction that runs at an EVSE. */
export interface RunningTransaction {
  evseId: number;
  transactionId: string;
}

/**
 * The profile that limits a running transaction: its TxProfile of the highest level that is valid now (OCPP 2.0.1 K01,
 * K17). A profile without a transaction belongs to whichever runs at the EVSE. Profiles of other transactions, whose
 * ends may be lost, limit nothing.
 */
export function limitingProfile(
  profiles: readonly ChargingProfileRecord[],
  { evseId, transactionId }: RunningTransaction,
  now: Date,
): SettableChargingProfile | null {
  const [highest] = profiles
    .filter((profile) => profile.purpose === 'TxProfile' && profile.evseId === evseId)
    .filter((profile) => (profile.transactionId ?? transactionId) === transactionId)
    .filter(({ validFrom, validTo }) => (validFrom ?? now) <= now && now <= (validTo ?? now))
    .sort((one, other) => other.stackLevel - one.stackLevel);
  return highest ? { ...toProfile(highest), transactionId } : null;
}

function toProfile(record: ChargingProfileRecord): SettableChargingProfile {
  return {
    chargingProfileId: record.chargingProfileId,
    stackLevel: record.stackLevel,
    purpose: 'TxProfile',
    kind: record.kind as SettableChargingProfile['kind'],
    ...(record.recurrencyKind === null ? {} : { recurrencyKind: record.recurrencyKind as 'Daily' | 'Weekly' }),
    ...(record.validFrom === null ? {} : { validFrom: record.validFrom.toISOString() }),
    ...(record.validTo === null ? {} : { validTo: record.validTo.toISOString() }),
    schedule: record.schedule,
    ...(record.alternatives === null ? {} : { alternatives: record.alternatives }),
  };
}
