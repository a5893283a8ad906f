import { expect } from '@jest/globals';
import { type Octt, type Payload, time } from './octt.ts';

const PERIODS = {
  body: [
    { start_period: 0, limit: 16, number_phases: 3 },
    { start_period: 1800, limit: 6.3, number_phases: 1, phase_to_use: 2 },
  ],
  wire: [
    { startPeriod: 0, limit: 16, numberPhases: 3 },
    { startPeriod: 1800, limit: 6.3, numberPhases: 1, phaseToUse: 2 },
  ],
};

/** A profile as the operator writes it, and as 2.0.1 does. */
export interface Profile {
  body: Payload;
  wire: Payload;
}

export interface ProfileOptions {
  stackLevel?: number;
  transactionId?: string;
}

/** Valid for a day, its periods count from a moment on. */
export function absolute(id: number, purpose: string, options: ProfileOptions = {}): Profile {
  const [from, to] = [time(-60), time(86_400)];
  return profile(id, purpose, 'Absolute', options, {
    body: { valid_from: from, valid_to: to, schedule: { duration: 3600, start_schedule: from } },
    wire: { validFrom: from, validTo: to, schedule: { duration: 3600, startSchedule: from } },
  });
}

/** Of one transaction, from its start on. */
export function relative(id: number, transactionId: string | undefined, stackLevel = 0): Profile {
  return profile(id, 'TxProfile', 'Relative', { transactionId, stackLevel }, { body: {}, wire: {} });
}

/** The same time of every day or week. */
export function recurring(id: number, recurrencyKind: 'Daily' | 'Weekly'): Profile {
  const from = time(-60);
  return profile(
    id,
    'TxDefaultProfile',
    'Recurring',
    {},
    {
      body: { recurrency_kind: recurrencyKind, schedule: { duration: 3600, start_schedule: from } },
      wire: { recurrencyKind, schedule: { duration: 3600, startSchedule: from } },
    },
  );
}

function profile(
  id: number,
  purpose: string,
  kind: string,
  { stackLevel = 0, transactionId }: ProfileOptions,
  more: Profile,
): Profile {
  const { schedule: body, ...restOfBody } = more.body;
  const { schedule: wire, ...restOfWire } = more.wire;
  return {
    body: {
      charging_profile_id: id,
      stack_level: stackLevel,
      purpose,
      kind,
      ...(transactionId && { transaction_id: transactionId }),
      ...restOfBody,
      schedule: { ...(body as object), charging_rate_unit: 'A', periods: PERIODS.body },
    },
    wire: {
      id,
      stackLevel,
      chargingProfilePurpose: purpose,
      chargingProfileKind: kind,
      ...(transactionId && { transactionId }),
      ...restOfWire,
      chargingSchedule: [{ id: 1, ...(wire as object), chargingRateUnit: 'A', chargingSchedulePeriod: PERIODS.wire }],
    },
  };
}

/** SetChargingProfile, which must leave exactly as `wire`, answered with `status`. */
export async function setProfile(
  octt: Octt,
  evseId: number,
  { body, wire }: Profile,
  status = 'Accepted',
): Promise<void> {
  const request = { evse_id: evseId, charging_profile: body };
  const { sent, heard } = await octt.command('set-charging-profile', request, 'SetChargingProfile', { status });
  expect(sent).toEqual({ evseId, chargingProfile: wire });
  expect(heard).toMatchObject({ status });
}

/** The operator reads just these profiles, each at its EVSE. */
export async function holds(octt: Octt, profiles: readonly (readonly [evseId: number, Payload])[]): Promise<void> {
  const rows = await octt.list('/charging-profiles');
  expect(rows).toHaveLength(profiles.length);
  for (const [evseId, body] of profiles) {
    const row = rows.find((one) => one['charging_profile_id'] === body['charging_profile_id']);
    expect(row).toMatchObject({ ...body, evse_id: evseId });
  }
}
