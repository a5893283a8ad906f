import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, TAG, time } from './octt.ts';

/** SmartCharging. */
export function smartCharging(stack: () => Stack): void {
  const { booted } = charging(stack);

  const periods = [
    { start_period: 0, limit: 16, number_phases: 3 },
    { start_period: 1800, limit: 6.3 },
  ];
  const wirePeriods = [
    { startPeriod: 0, limit: 16, numberPhases: 3 },
    { startPeriod: 1800, limit: 6.3 },
  ];

  /** An Absolute profile as the operator writes it, and as 1.6 does. */
  function absolute(id: number, purpose: string, stackLevel = 0): { body: Payload; wire: Payload } {
    const [validFrom, validTo] = [time(-60), time(86_400)];
    return {
      body: {
        charging_profile_id: id,
        stack_level: stackLevel,
        purpose,
        kind: 'Absolute',
        valid_from: validFrom,
        valid_to: validTo,
        schedule: { duration: 3600, start_schedule: validFrom, charging_rate_unit: 'A', periods },
      },
      wire: {
        chargingProfileId: id,
        stackLevel,
        chargingProfilePurpose: purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : purpose,
        chargingProfileKind: 'Absolute',
        validFrom,
        validTo,
        chargingSchedule: {
          duration: 3600,
          startSchedule: validFrom,
          chargingRateUnit: 'A',
          chargingSchedulePeriod: wirePeriods,
        },
      },
    };
  }

  /** SetChargingProfile, which must leave exactly as `wire`; the charge point takes it. */
  async function set(octt: Octt, evse_id: number, { body, wire }: { body: Payload; wire: Payload }): Promise<void> {
    const request = { evse_id, charging_profile: body };
    const { sent, heard } = await octt.command('set-charging-profile', request, 'SetChargingProfile', {
      status: 'Accepted',
    });
    expect(sent).toEqual({ connectorId: evse_id, csChargingProfiles: wire });
    expect(heard).toMatchObject({ status: 'Accepted' });
  }

  const profileIds = async (octt: Octt): Promise<unknown[]> =>
    (await octt.list('/charging-profiles')).map((profile) => profile['charging_profile_id']).sort();

  it('TC_056 TxDefaultProfile', async () => {
    const octt = await booted('OCTT-056');
    const profile = absolute(56, 'TxDefaultProfile');
    await set(octt, 1, profile);
    expect(await octt.list('/charging-profiles')).toMatchObject([
      { ...profile.body, evse_id: 1, recurrency_kind: null, transaction_id: null },
    ]);
  });

  it('TC_057 TxProfile', async () => {
    const octt = await booted('OCTT-057');
    const transactionId = await octt.charge();
    const { body, wire } = absolute(57, 'TxProfile');
    await set(octt, 1, {
      body: { ...body, transaction_id: String(transactionId) },
      wire: { ...wire, transactionId },
    });
    const relative = { charging_profile_id: 58, stack_level: 1, purpose: 'TxProfile', kind: 'Relative' };
    await set(octt, 1, {
      body: { ...relative, transaction_id: String(transactionId), schedule: { charging_rate_unit: 'A', periods } },
      wire: {
        chargingProfileId: 58,
        stackLevel: 1,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Relative',
        transactionId,
        chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: wirePeriods },
      },
    });
    const profiles = await octt.list('/charging-profiles');
    expect(profiles).toHaveLength(2);
    for (const profile of profiles)
      expect(profile).toMatchObject({ evse_id: 1, purpose: 'TxProfile', transaction_id: String(transactionId) });
    // A TxProfile ends with its transaction.
    await octt.stop({ transactionId });
    expect(await octt.list('/charging-profiles')).toEqual([]);
    expect(await octt.transaction()).toMatchObject({ state: 'ended' });
  });

  it('TC_059 Remote Start with Charging Profile', async () => {
    const octt = await booted('OCTT-059');
    const profile = absolute(59, 'TxProfile');
    const { sent, heard } = await octt.command(
      'remote-start',
      { id_token: TAG, evse_id: 1, charging_profile: profile.body },
      'RemoteStartTransaction',
      { status: 'Accepted' },
    );
    expect(sent).toEqual({ idTag: TAG, connectorId: 1, chargingProfile: profile.wire });
    expect(heard).toMatchObject({ status: 'Accepted' });
    const mirrored = { charging_profile_id: 59, evse_id: 1, purpose: 'TxProfile' };
    expect(await octt.list('/charging-profiles')).toEqual([
      expect.objectContaining({ ...mirrored, transaction_id: null }),
    ]);
    await octt.authorize();
    const transactionId = await octt.charge();
    expect(await octt.list('/charging-profiles')).toEqual([
      expect.objectContaining({ ...mirrored, transaction_id: String(transactionId) }),
    ]);
    await octt.stop({ transactionId });
    expect(await octt.list('/charging-profiles')).toEqual([]);
  });

  it('TC_066 Get Composite Schedule', async () => {
    const octt = await booted('OCTT-066');
    await set(octt, 1, absolute(66, 'TxDefaultProfile'));
    const scheduleStart = time();
    const chargingSchedule = { duration: 300, chargingRateUnit: 'A', chargingSchedulePeriod: wirePeriods.slice(0, 1) };
    const { sent, heard } = await octt.command(
      'get-composite-schedule',
      { evse_id: 1, duration: 300, charging_rate_unit: 'A' },
      'GetCompositeSchedule',
      { status: 'Accepted', connectorId: 1, scheduleStart, chargingSchedule },
    );
    expect(sent).toEqual({ connectorId: 1, duration: 300, chargingRateUnit: 'A' });
    expect(heard).toMatchObject({
      status: 'Accepted',
      evse_id: 1,
      schedule_start: scheduleStart,
      schedule: { duration: 300, charging_rate_unit: 'A', periods: periods.slice(0, 1) },
    });
    expect(await profileIds(octt)).toEqual([66]);
  });

  it('TC_067 Clear Charging Profile', async () => {
    const octt = await booted('OCTT-067');
    await set(octt, 0, absolute(671, 'ChargingStationMaxProfile'));
    await set(octt, 1, absolute(672, 'TxDefaultProfile'));
    await set(octt, 1, absolute(673, 'TxDefaultProfile', 1));
    expect(await profileIds(octt)).toEqual([671, 672, 673]);

    const clear = async (body: Payload, wire: Payload): Promise<void> => {
      const { sent, heard } = await octt.command('clear-charging-profile', body, 'ClearChargingProfile', {
        status: 'Accepted',
      });
      expect(sent).toEqual(wire);
      expect(heard).toMatchObject({ status: 'Accepted' });
    };
    await clear({ charging_profile_id: 671 }, { id: 671 });
    expect(await profileIds(octt)).toEqual([672, 673]);
    await clear(
      { evse_id: 1, purpose: 'TxDefaultProfile', stack_level: 1 },
      { connectorId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 1 },
    );
    expect(await profileIds(octt)).toEqual([672]);
    await clear({}, {});
    expect(await profileIds(octt)).toEqual([]);
  });
}
