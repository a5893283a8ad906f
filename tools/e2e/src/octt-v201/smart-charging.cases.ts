import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { absolute, holds, recurring, relative, setProfile } from './charging-profile.ts';
import { charging, type Octt, TAG, token } from './octt.ts';

/** Block K, charging profiles that the operator sets and clears (K01 to K05, K10). */
export function smartCharging(stack: () => Stack): void {
  const { booted } = charging(stack);

  it('TC_K_01 Set Charging Profile - TxDefaultProfile - Specific EVSE', () =>
    sets('OCTT2-K_01', 1, 'TxDefaultProfile'));
  it('TC_K_03 Set Charging Profile - ChargingStationMaxProfile', () =>
    sets('OCTT2-K_03', 0, 'ChargingStationMaxProfile'));
  it('TC_K_10 Set Charging Profile - TxDefaultProfile - All EVSE', () => sets('OCTT2-K_10', 0, 'TxDefaultProfile'));

  async function sets(cpId: string, evseId: number, purpose: string): Promise<void> {
    const octt = await booted(cpId);
    const profile = absolute(1, purpose);
    await setProfile(octt, evseId, profile);
    await holds(octt, [[evseId, { ...profile.body, source: 'CSO', transaction_id: null, recurrency_kind: null }]]);
  }

  it('TC_K_19 Set Charging Profile - ChargingProfileKind is Recurring', async () => {
    const octt = await booted('OCTT2-K_19');
    for (const kind of ['Daily', 'Weekly'] as const) {
      const profile = recurring(19, kind);
      await setProfile(octt, 1, profile);
      await holds(octt, [[1, profile.body]]);
    }
  });

  it('TC_K_02 Set Charging Profile - TxProfile without ongoing transaction on the specified EVSE', async () => {
    const octt = await booted('OCTT2-K_02');
    await setProfile(octt, 1, relative(2, 'nobody'), 'Rejected');
    await holds(octt, []);
  });

  it('TC_K_60 Set Charging Profile - TxProfile with ongoing transaction on the specified EVSE', async () => {
    const octt = await booted('OCTT2-K_60');
    const transaction = await octt.charging();
    const profile = relative(60, transaction.transactionId);
    await setProfile(octt, 1, profile);
    await holds(octt, [[1, profile.body]]);
    // A TxProfile ends with its transaction.
    await transaction.ended('StopAuthorized', { wh: 2000 });
    await holds(octt, []);
  });

  it('TC_K_15 Set Charging Profile - Not Supported', async () => {
    const octt = await booted('OCTT2-K_15');
    const profile = absolute(15, 'TxDefaultProfile');
    const sent: object[] = [];
    octt.charger.answer('SetChargingProfile', (payload, id) => {
      sent.push(payload);
      return [4, id, 'NotSupported', 'no smart charging here', {}];
    });
    const body = { evse_id: 1, charging_profile: profile.body };
    expect(await octt.operator('POST', '/commands/set-charging-profile', body)).toMatchObject({
      status: 502,
      body: {
        call_error: {
          action: 'SetChargingProfile',
          code: 'NotSupported',
          description: 'no smart charging here',
          details: {},
        },
      },
    });
    expect(sent).toEqual([{ evseId: 1, chargingProfile: profile.wire }]);
    await holds(octt, []);
  });

  it('TC_K_04 Replace charging profile - With chargingProfileId', async () => {
    const octt = await booted('OCTT2-K_04');
    await setProfile(octt, 1, absolute(4, 'TxDefaultProfile'));
    const replacement = recurring(4, 'Daily');
    await setProfile(octt, 1, replacement);
    await holds(octt, [[1, replacement.body]]);
  });

  it('TC_K_70 Set Charging Profile - Multiple Profiles', async () => {
    const octt = await booted('OCTT2-K_70');
    const [one, other] = [absolute(701, 'TxDefaultProfile'), absolute(702, 'TxDefaultProfile', { stackLevel: 1 })];
    for (const profile of [one, other]) await setProfile(octt, 1, profile);
    await holds(octt, [
      [1, one.body],
      [1, other.body],
    ]);
  });

  async function clear(octt: Octt, body: object, wire: object, status = 'Accepted'): Promise<void> {
    const { sent, heard } = await octt.command('clear-charging-profile', body, 'ClearChargingProfile', { status });
    expect(sent).toEqual(wire);
    expect(heard).toMatchObject({ status });
  }

  it('TC_K_05 Clear Charging Profile - With chargingProfileId', async () => {
    const octt = await booted('OCTT2-K_05');
    const kept = absolute(6, 'ChargingStationMaxProfile');
    await setProfile(octt, 1, absolute(5, 'TxDefaultProfile'));
    await setProfile(octt, 0, kept);
    await clear(octt, { charging_profile_id: 5 }, { chargingProfileId: 5 });
    await holds(octt, [[0, kept.body]]);
  });

  it('TC_K_06 Clear Charging Profile - With stackLevel/purpose combination for one profile', async () => {
    const octt = await booted('OCTT2-K_06');
    const kept = absolute(61, 'TxDefaultProfile');
    await setProfile(octt, 1, kept);
    await setProfile(octt, 1, absolute(62, 'TxDefaultProfile', { stackLevel: 1 }));
    await clear(
      octt,
      { evse_id: 1, purpose: 'TxDefaultProfile', stack_level: 1 },
      { chargingProfileCriteria: { evseId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 1 } },
    );
    await holds(octt, [[1, kept.body]]);
  });

  it('TC_K_08 Clear Charging Profile - Without previous charging profile', async () => {
    const octt = await booted('OCTT2-K_08');
    await clear(octt, { charging_profile_id: 8 }, { chargingProfileId: 8 }, 'Unknown');
    await holds(octt, []);
  });

  it('TC_K_37 Remote start transaction with charging profile - Success', async () => {
    const octt = await booted('OCTT2-K_37');
    const profile = absolute(37, 'TxProfile');
    const { sent, heard } = await octt.command(
      'remote-start',
      { id_token: TAG, id_token_type: 'ISO14443', evse_id: 1, charging_profile: profile.body },
      'RequestStartTransaction',
      { status: 'Accepted' },
    );
    expect(sent).toEqual({
      idToken: token(),
      evseId: 1,
      remoteStartId: expect.any(Number),
      chargingProfile: profile.wire,
    });
    expect(heard).toMatchObject({ status: 'Accepted', remote_start_id: sent['remoteStartId'] });
    await holds(octt, [[1, { ...profile.body, transaction_id: null }]]);
    const transaction = octt.begin();
    await octt.status('Occupied');
    const info = { remoteStartId: sent['remoteStartId'], chargingState: 'Charging' };
    await transaction.started('RemoteStart', { info, idToken: token(), wh: 1000 });
    await holds(octt, [[1, { ...profile.body, transaction_id: transaction.transactionId }]]);
    await transaction.ended('StopAuthorized', { wh: 2000 });
    await holds(octt, []);
  });
}
