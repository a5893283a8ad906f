import type { ChargingProfile, ChargingSchedule, PayloadFault } from '@ocpp-gw/contracts';
import { demand, gatewayTransactionId, stationTransactionId } from '@ocpp-gw/ocpp-j';
import type { ChargingProfileType, ChargingScheduleType } from '#generated/messages.d.ts';

/** Makes the ChargingProfileType of 2.0.1. Its schedules are numbered from 1. */
export function toWire({ chargingProfileId, purpose, kind, ...profile }: ChargingProfile): ChargingProfileType {
  const { schedule, alternatives = [], transactionId, ...rest } = profile;
  return {
    ...rest,
    ...(transactionId !== undefined && { transactionId: stationTransactionId(transactionId) }),
    id: chargingProfileId,
    chargingProfilePurpose: purpose,
    chargingProfileKind: kind,
    chargingSchedule: [schedule, ...alternatives].map(({ periods, ...inner }, index) => ({
      ...inner,
      id: index + 1,
      chargingSchedulePeriod: [...periods],
    })),
  };
}

export function fromWire(profile: ChargingProfileType): ChargingProfile {
  const { id, stackLevel, recurrencyKind, validFrom, validTo, transactionId, chargingSchedule } = profile;
  // The schema demands at least one.
  const [schedule, ...alternatives] = chargingSchedule.map(scheduleFromWire) as [ChargingSchedule];
  return {
    chargingProfileId: id,
    stackLevel,
    purpose: profile.chargingProfilePurpose,
    kind: profile.chargingProfileKind,
    recurrencyKind,
    validFrom,
    validTo,
    transactionId: transactionId === undefined ? undefined : gatewayTransactionId(transactionId),
    schedule,
    alternatives: alternatives.length > 0 ? alternatives : undefined,
  };
}

type WireSchedule = Omit<ChargingScheduleType, 'id'>;

/** Without its sales tariff: prices are no limits. */
export function scheduleFromWire(schedule: WireSchedule): ChargingSchedule {
  const { duration, startSchedule, chargingRateUnit, minChargingRate, chargingSchedulePeriod } = schedule;
  return {
    duration,
    startSchedule,
    chargingRateUnit,
    minChargingRate,
    periods: chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases, phaseToUse }) => ({
      startPeriod,
      limit,
      numberPhases,
      phaseToUse,
    })),
  };
}

/** The rules of K01 that the schema of a profile does not have. `at` is where the profile is in the payload. */
export function profileFaults(profile: ChargingProfile, at: string): readonly PayloadFault[] {
  const { purpose, kind, recurrencyKind, transactionId, stackLevel, schedule, alternatives = [] } = profile;
  return [
    ...demand(stackLevel >= 0, `${at}/stackLevel`, 'must be 0 or more'),
    ...demand(
      purpose !== 'ChargingStationExternalConstraints',
      `${at}/chargingProfilePurpose`,
      'cannot be set: it is what other systems demand of the station, which reports it',
    ),
    ...demand(
      transactionId === undefined || purpose === 'TxProfile',
      `${at}/transactionId`,
      'belongs to a TxProfile only',
    ),
    ...demand(
      (kind === 'Recurring') === (recurrencyKind !== undefined),
      `${at}/recurrencyKind`,
      'must be there if the kind is Recurring, and only then',
    ),
    // K01.FR.38.
    ...demand(
      purpose !== 'ChargingStationMaxProfile' || kind !== 'Relative',
      `${at}/chargingProfileKind`,
      'cannot be Relative for the whole station, which has no one start of charging',
    ),
    ...[schedule, ...alternatives].flatMap((each, index) =>
      scheduleFaults(each, kind, `${at}/chargingSchedule/${index}`),
    ),
  ];
}

function scheduleFaults(schedule: ChargingSchedule, kind: ChargingProfile['kind'], at: string): PayloadFault[] {
  const started = schedule.startSchedule !== undefined;
  return [
    // K01.FR.40, K01.FR.41.
    ...demand(
      started !== (kind === 'Relative'),
      `${at}/startSchedule`,
      started
        ? 'must be absent: a Relative profile starts when charging does'
        : 'must be there unless the kind is Relative',
    ),
    ...periodFaults(schedule, `${at}/chargingSchedulePeriod`),
  ];
}

/** K01.FR.31, K01.FR.35, K01.FR.19. */
function periodFaults({ periods }: ChargingSchedule, at: string): readonly PayloadFault[] {
  const starts = periods.map(({ startPeriod }) => startPeriod);
  const early = starts.findIndex((start, index) => start <= (starts[index - 1] ?? -Infinity));
  return [
    ...demand((starts[0] ?? 0) === 0, `${at}/0/startPeriod`, 'must be 0: the first period starts with the schedule'),
    ...demand(early < 0, `${at}/${early}/startPeriod`, 'must be later than that of the period before'),
    ...periods.flatMap(({ numberPhases, phaseToUse }, index) =>
      demand(
        phaseToUse === undefined || numberPhases === 1,
        `${at}/${index}/phaseToUse`,
        'belongs to a period of one phase only: numberPhases must be 1',
      ),
    ),
  ];
}
