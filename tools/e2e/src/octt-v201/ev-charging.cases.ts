import { afterAll, expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { absolute, holds, type Profile, setProfile } from './charging-profile.ts';
import { charging, type Octt, type Payload, time } from './octt.ts';

const NEEDS = {
  requestedEnergyTransfer: 'AC_three_phase',
  departureTime: time(28_800),
  acChargingParameters: { energyAmount: 40_000, evMinCurrent: 6, evMaxCurrent: 32, evMaxVoltage: 400 },
};

/** Block K, load leveling with an ISO 15118 vehicle (K15 to K17): the backend makes the profile of its needs. */
export function evCharging(stack: () => Stack): void {
  const { booted } = charging(stack);

  afterAll(() => stack().backend.setAnswer(BACKEND_PATHS.chargingNeeds));

  /** A running transaction of the case, and the SetChargingProfile that come; each is accepted. */
  async function connected(cpId: string): Promise<{ octt: Octt; transactionId: string; sent: Payload[] }> {
    const octt = await booted(cpId);
    const { transactionId } = await octt.charging();
    return { octt, transactionId, sent: profilesSent(octt) };
  }

  function profilesSent(octt: Octt): Payload[] {
    const sent: Payload[] = [];
    octt.charger.answer('SetChargingProfile', (payload) => {
      sent.push(payload);
      return { status: 'Accepted' };
    });
    return sent;
  }

  /** NotifyEVChargingNeeds, which the backend answers with the profile; whose transaction it is for is known. */
  async function needs(octt: Octt, { body: { transaction_id: transactionId, ...profile } }: Profile): Promise<void> {
    const { backend } = stack();
    backend.setAnswer(BACKEND_PATHS.chargingNeeds, { body: { status: 'accepted', charging_profile: profile } });
    const request = { evseId: 1, maxScheduleTuples: 3, chargingNeeds: NEEDS };
    expect(await octt.call('NotifyEVChargingNeeds', request)).toEqual({ status: 'Accepted' });
    expect(backend.requests({ path: BACKEND_PATHS.chargingNeeds, cp_id: octt.cpId }).at(-1)).toMatchObject({
      data: { evse_id: 1, transaction_id: transactionId, charging_needs: NEEDS, max_schedule_tuples: 3 },
    });
  }

  /** The station has got just these profiles, and the operator reads the last. */
  async function follows(octt: Octt, sent: readonly Payload[], profiles: readonly Profile[]): Promise<void> {
    await until('the charging profile', async () => {
      expect(sent).toEqual(profiles.map(({ wire }) => ({ evseId: 1, chargingProfile: wire })));
      await holds(octt, [[1, profiles.at(-1)?.body ?? {}]]);
    });
  }

  /** NotifyEVChargingSchedule: what the vehicle will draw of it. */
  async function draws(octt: Octt, limit: number, status: 'Accepted' | 'Rejected'): Promise<void> {
    const chargingSchedulePeriod = [{ startPeriod: 0, limit }];
    const chargingSchedule = { id: 1, duration: 600, chargingRateUnit: 'A', chargingSchedulePeriod };
    const request = { evseId: 1, timeBase: time(), chargingSchedule };
    expect(await octt.call('NotifyEVChargingSchedule', request)).toEqual({ status });
  }

  const txProfile = (id: number, transactionId: string): Profile => absolute(id, 'TxProfile', { transactionId });

  it('TC_K_53 Charging with load leveling based on High Level Communication - Success', async () => {
    const { octt, transactionId, sent } = await connected('OCTT2-K_53');
    const profile = txProfile(53, transactionId);
    await needs(octt, profile);
    await follows(octt, sent, [profile]);
    await draws(octt, 16, 'Accepted');
    expect(sent).toHaveLength(1);
  });

  it('TC_K_55 Charging with load leveling - EV charging profile exceeds limits', async () => {
    const { octt, transactionId, sent } = await connected('OCTT2-K_55');
    const profile = txProfile(55, transactionId);
    await needs(octt, profile);
    await follows(octt, sent, [profile]);
    await draws(octt, 20, 'Rejected');
    await follows(octt, sent, [profile, profile]);
    await draws(octt, 10, 'Accepted');
    expect(sent).toHaveLength(2);
  });

  it('TC_K_57 Renegotiating a Charging Schedule - Initiated by EV', async () => {
    const { octt, transactionId, sent } = await connected('OCTT2-K_57');
    const [first, second] = [txProfile(571, transactionId), txProfile(572, transactionId)];
    await needs(octt, first);
    await follows(octt, sent, [first]);
    await needs(octt, second);
    await follows(octt, sent, [first, second]);
    await draws(octt, 16, 'Accepted');
  });

  it('TC_K_58 Renegotiating a Charging Schedule - Initiated by CSMS', async () => {
    const { octt, transactionId, sent } = await connected('OCTT2-K_58');
    const [first, second] = [txProfile(581, transactionId), txProfile(582, transactionId)];
    await needs(octt, first);
    await follows(octt, sent, [first]);
    await setProfile(octt, 1, second);
    await holds(octt, [[1, second.body]]);
    await draws(octt, 16, 'Accepted');
  });

  it('TC_K_59 Renegotiating a Charging Schedule - Initiated by CSMS - Send NotifyEVChargingNeeds', async () => {
    const { octt, transactionId } = await connected('OCTT2-K_59');
    const [first, second] = [txProfile(591, transactionId), txProfile(592, transactionId)];
    await setProfile(octt, 1, first);
    await holds(octt, [[1, first.body]]);
    // The operator's own CALL above is not among them.
    const sent = profilesSent(octt);
    await needs(octt, second);
    await follows(octt, sent, [second]);
    await draws(octt, 16, 'Accepted');
  });
}
