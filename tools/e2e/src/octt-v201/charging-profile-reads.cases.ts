import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { absolute, holds, type Profile, setProfile } from './charging-profile.ts';
import { charging, type Octt, time } from './octt.ts';

/** Block K, charging profiles that the operator asks the station for (K08, K09). */
export function chargingProfileReads(stack: () => Stack): void {
  const { booted } = charging(stack);

  interface Query {
    body: object;
    /** Besides requestId. */
    wire: object;
    /** What the station has of it. */
    found: { evseId: number; source?: string; profile: Profile };
  }

  const DEFAULT = absolute(1, 'TxDefaultProfile');
  const ON_EVSE = { evseId: 1, profile: DEFAULT };
  const ON_STATION = { evseId: 0, profile: absolute(2, 'ChargingStationMaxProfile') };
  const EXTERNAL = { evseId: 1, source: 'EMS', profile: absolute(3, 'ChargingStationExternalConstraints') };

  it('TC_K_29 Get Charging Profile - EvseId 0', () =>
    gets('OCTT2-K_29', { body: { evse_id: 0 }, wire: { evseId: 0, chargingProfile: {} }, found: ON_STATION }));
  it('TC_K_30 Get Charging Profile - EvseId > 0', () =>
    gets('OCTT2-K_30', { body: { evse_id: 1 }, wire: { evseId: 1, chargingProfile: {} }, found: ON_EVSE }));
  it('TC_K_31 Get Charging Profile - No EvseId', () =>
    gets('OCTT2-K_31', {
      body: { purpose: 'TxDefaultProfile' },
      wire: { chargingProfile: { chargingProfilePurpose: 'TxDefaultProfile' } },
      found: ON_EVSE,
    }));
  it('TC_K_32 Get Charging Profile - chargingProfileId', () =>
    gets('OCTT2-K_32', {
      body: { charging_profile_ids: [1] },
      wire: { chargingProfile: { chargingProfileId: [1] } },
      found: ON_EVSE,
    }));
  it('TC_K_33 Get Charging Profile - EvseId > 0 + stackLevel', () =>
    gets('OCTT2-K_33', {
      body: { evse_id: 1, stack_level: 0 },
      wire: { evseId: 1, chargingProfile: { stackLevel: 0 } },
      found: ON_EVSE,
    }));
  it('TC_K_34 Get Charging Profile - EvseId > 0 + chargingLimitSource', () =>
    gets('OCTT2-K_34', {
      body: { evse_id: 1, charging_limit_sources: ['EMS'] },
      wire: { evseId: 1, chargingProfile: { chargingLimitSource: ['EMS'] } },
      found: EXTERNAL,
    }));
  it('TC_K_35 Get Charging Profile - EvseId > 0 + chargingProfilePurpose', () =>
    gets('OCTT2-K_35', {
      body: { evse_id: 1, purpose: 'TxDefaultProfile' },
      wire: { evseId: 1, chargingProfile: { chargingProfilePurpose: 'TxDefaultProfile' } },
      found: ON_EVSE,
    }));
  it('TC_K_36 Get Charging Profile - EvseId > 0 + chargingProfilePurpose + stackLevel', () =>
    gets('OCTT2-K_36', {
      body: { evse_id: 1, purpose: 'TxDefaultProfile', stack_level: 0 },
      wire: { evseId: 1, chargingProfile: { chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 0 } },
      found: ON_EVSE,
    }));
  it('TC_K_52 Set / Update External Charging Limit - ChargingStationExternalConstraints in report', () =>
    gets('OCTT2-K_52', {
      body: { purpose: 'ChargingStationExternalConstraints' },
      wire: { chargingProfile: { chargingProfilePurpose: 'ChargingStationExternalConstraints' } },
      found: EXTERNAL,
    }));

  /** GetChargingProfiles, and the report of one profile that the operator did not set. */
  async function gets(cpId: string, { body, wire, found }: Query): Promise<void> {
    const octt = await booted(cpId);
    const { sent, heard } = await octt.command('get-charging-profiles', body, 'GetChargingProfiles', {
      status: 'Accepted',
    });
    expect(sent).toEqual({ requestId: expect.any(Number), ...wire });
    const { requestId } = sent;
    expect(heard).toMatchObject({ status: 'Accepted', ocpp_request_id: requestId });
    const path = `/reports/${String(requestId)}`;
    expect(await octt.read(path)).toMatchObject({ kind: 'ChargingProfiles', state: 'collecting', items: [] });
    const { evseId, source = 'CSO', profile } = found;
    const report = { requestId, chargingLimitSource: source, evseId, chargingProfile: [profile.wire], tbc: false };
    expect(await octt.call('ReportChargingProfiles', report)).toEqual({});
    expect(await octt.read(path)).toMatchObject({
      state: 'complete',
      items: [{ evseId, chargingLimitSource: source, chargingProfile: profile.wire }],
    });
    await holds(octt, [[evseId, { ...profile.body, source }]]);
  }

  it('TC_K_43 Get Composite Schedule - Specific EVSE', () => composes('OCTT2-K_43', 1));
  it('TC_K_44 Get Composite Schedule - Charging Station', () => composes('OCTT2-K_44', 0));

  async function composes(cpId: string, evseId: number): Promise<void> {
    const octt: Octt = await booted(cpId);
    await setProfile(octt, evseId, DEFAULT);
    const scheduleStart = time();
    const common = { duration: 300, chargingRateUnit: 'A' };
    const chargingSchedulePeriod = [{ startPeriod: 0, limit: 16, numberPhases: 3 }];
    const { sent, heard } = await octt.command(
      'get-composite-schedule',
      { evse_id: evseId, duration: 300, charging_rate_unit: 'A' },
      'GetCompositeSchedule',
      { status: 'Accepted', schedule: { evseId, scheduleStart, ...common, chargingSchedulePeriod } },
    );
    expect(sent).toEqual({ evseId, ...common });
    expect(heard).toMatchObject({
      status: 'Accepted',
      evse_id: evseId,
      schedule_start: scheduleStart,
      schedule: {
        duration: 300,
        charging_rate_unit: 'A',
        periods: [{ start_period: 0, limit: 16, number_phases: 3 }],
      },
    });
  }
}
