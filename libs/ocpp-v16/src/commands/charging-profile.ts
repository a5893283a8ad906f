import type { ChargingProfile, ChargingProfilePurpose, ChargingSchedule, PayloadFault } from '@ocpp-gw/contracts';
import { demand } from '@ocpp-gw/ocpp-j';
import type { SetChargingProfileRequest } from '#generated/messages.d.ts';
import { readTransactionId, TRANSACTION_ID_RULE } from './transaction-id.ts';

type WireProfile = SetChargingProfileRequest['csChargingProfiles'];
type WireSchedule = WireProfile['chargingSchedule'];
type WirePurpose = WireProfile['chargingProfilePurpose'];

/** Makes the ChargingProfile of OCPP 1.6 (section 7.8). */
export function toWire(profile: ChargingProfile): WireProfile {
  const { chargingProfileId, transactionId, stackLevel, purpose, kind, recurrencyKind, validFrom, validTo } = profile;
  const { duration, startSchedule, chargingRateUnit, periods, minChargingRate } = profile.schedule;
  return {
    chargingProfileId,
    transactionId: transactionId === undefined ? undefined : readTransactionId(transactionId),
    stackLevel,
    chargingProfilePurpose: toWirePurpose(purpose),
    chargingProfileKind: kind,
    recurrencyKind,
    validFrom,
    validTo,
    chargingSchedule: {
      duration,
      startSchedule,
      chargingRateUnit,
      chargingSchedulePeriod: periods.map(({ startPeriod, limit, numberPhases }) => ({
        startPeriod,
        limit,
        numberPhases,
      })),
      minChargingRate,
    },
  };
}

export function fromWire(profile: WireProfile): ChargingProfile {
  const { chargingProfileId, transactionId, stackLevel, recurrencyKind, validFrom, validTo } = profile;
  return {
    chargingProfileId,
    stackLevel,
    purpose: fromWirePurpose(profile.chargingProfilePurpose),
    kind: profile.chargingProfileKind,
    recurrencyKind,
    validFrom,
    validTo,
    transactionId: transactionId === undefined ? undefined : String(transactionId),
    schedule: scheduleFromWire(profile.chargingSchedule),
  };
}

export function scheduleFromWire(schedule: WireSchedule): ChargingSchedule {
  const { chargingSchedulePeriod: periods, ...rest } = schedule;
  return { ...rest, periods };
}

export function toWirePurpose(purpose: ChargingProfilePurpose): WirePurpose {
  // The schema checks the rest.
  return purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : (purpose as WirePurpose);
}

export function fromWirePurpose(purpose: WirePurpose): ChargingProfilePurpose {
  return purpose === 'ChargePointMaxProfile' ? 'ChargingStationMaxProfile' : purpose;
}

/**
 * The rules of sections 7.8, 7.13 and 7.14 that the schema of a profile does not have. `at` is where the profile is in the
 * payload.
 */
export function profileFaults(profile: ChargingProfile, at: string): readonly PayloadFault[] {
  const { purpose, kind, recurrencyKind, transactionId, stackLevel, schedule, alternatives = [] } = profile;
  const named = transactionId !== undefined;
  return [
    ...demand(stackLevel >= 0, `${at}/stackLevel`, 'must be 0 or more'),
    ...demand(!named || purpose === 'TxProfile', `${at}/transactionId`, 'belongs to a TxProfile only'),
    ...demand(!named || readTransactionId(transactionId) !== undefined, `${at}/transactionId`, TRANSACTION_ID_RULE),
    ...demand(
      (kind === 'Recurring') === (recurrencyKind !== undefined),
      `${at}/recurrencyKind`,
      'must be there if the kind is Recurring, and only then',
    ),
    ...demand(
      kind !== 'Relative' || schedule.startSchedule === undefined,
      `${at}/chargingSchedule/startSchedule`,
      'must be absent: a Relative profile starts when charging does',
    ),
    ...demand(
      alternatives.length === 0,
      `${at}/chargingSchedule`,
      'must be one in OCPP 1.6: alternatives are for 2.0.1',
    ),
    ...periodFaults(schedule, `${at}/chargingSchedule/chargingSchedulePeriod`),
  ];
}

function periodFaults({ periods }: ChargingSchedule, at: string): readonly PayloadFault[] {
  const starts = periods.map(({ startPeriod }) => startPeriod);
  const [first] = starts;
  if (first === undefined) return demand(false, at, 'must have a period');
  const early = starts.findIndex((start, index) => start <= (starts[index - 1] ?? -Infinity));
  return [
    ...demand(first === 0, `${at}/0/startPeriod`, 'must be 0: the first period starts with the schedule'),
    ...demand(early < 0, `${at}/${early}/startPeriod`, 'must be later than that of the period before'),
    ...periods.flatMap(({ phaseToUse }, index) =>
      demand(phaseToUse === undefined, `${at}/${index}`, 'cannot say which phase to use in OCPP 1.6'),
    ),
  ];
}
