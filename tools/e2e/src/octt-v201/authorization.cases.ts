import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, FAMILY, group, MASTER_GROUP, type Octt, TAG, token } from './octt.ts';

/** Block C: who may charge, and who may stop. */
export function authorization(stack: () => Stack): void {
  const { booted } = charging(stack);

  it.each([
    ['TC_C_02 Local start transaction - Authorization Invalid/Unknown', 'OCTT2-C_02', ['Invalid', 'Unknown']],
    ['TC_C_06 Local start transaction - Authorization Blocked', 'OCTT2-C_06', ['Blocked']],
    ['TC_C_07 Local start transaction - Authorization Expired', 'OCTT2-C_07', ['Expired']],
  ])('%s', async (_, cpId, statuses) => {
    const octt = await booted(cpId);
    await octt.status('Occupied');
    for (const status of statuses)
      expect(await octt.authorize(token(`OCTT-${status.toUpperCase()}`))).toEqual({ status });
    await octt.status('Available');
    expect(await octt.transactions()).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_C_08 Authorization through authorization cache - Accepted', async () => {
    const octt = await booted('OCTT2-C_08');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    // No Authorize: the station knows the token and goes on.
    await transaction.authorized();
    await transaction.flows();
    expect(await octt.transaction()).toMatchObject({ state: 'active', id_token: TAG, id_token_status: 'Accepted' });
  });

  it('TC_C_20 Authorization through authorization cache - Invalid', async () => {
    const octt = await booted('OCTT2-C_20');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    await transaction.authorized(token('OCTT-INVALID'), { answer: { idTokenInfo: { status: 'Invalid' } } });
    await transaction.updated('Deauthorized', { info: { chargingState: 'EVConnected' } });
    await octt.status('Available');
    await transaction.ended('EVCommunicationLost', { info: { stoppedReason: 'DeAuthorized' }, wh: 1000 });
    expect(await octt.transaction()).toMatchObject({
      state: 'ended',
      id_token: 'OCTT-INVALID',
      id_token_status: 'Invalid',
      stop_reason: 'DeAuthorized',
      energy_wh: 0,
    });
  });

  it.each([
    ['TC_C_37 Clear Authorization Data in Authorization Cache - Accepted', 'OCTT2-C_37', 'Accepted'],
    ['TC_C_38 Clear Authorization Data in Authorization Cache - Rejected', 'OCTT2-C_38', 'Rejected'],
  ])('%s', async (_, cpId, status) => {
    const octt = await booted(cpId);
    const { sent, heard } = await octt.command('clear-cache', {}, 'ClearCache', { status });
    expect(sent).toEqual({});
    expect(heard).toMatchObject({ status });
    // The gateway judges the token as before, whatever the station has forgotten.
    expect(await octt.authorize(token())).toEqual({ status: 'Accepted' });
  });

  const family = { status: 'Accepted', ...group(FAMILY) };

  it('TC_C_39 Authorization by GroupId - Success', async () => {
    const octt = await booted('OCTT2-C_39');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    expect(await octt.authorize(token('OCTT-SISTER'))).toEqual(family);
    await transaction.authorized(token('OCTT-SISTER'), { answer: { idTokenInfo: family } });
    await transaction.flows();
    // The same group: the brother may stop what the sister began.
    expect(await octt.authorize(token('OCTT-BROTHER'))).toEqual(family);
    const stop = { idToken: token('OCTT-BROTHER'), wh: 3500, answer: { idTokenInfo: family } };
    await transaction.ended('StopAuthorized', stop);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', id_token: 'OCTT-SISTER', energy_wh: 2500 });
  });

  /** SendLocalList of sister and brother, the brother's word as given. */
  async function sendFamily(octt: Octt, brother: string): Promise<void> {
    const entries = [
      ['OCTT-SISTER', 'Accepted'],
      ['OCTT-BROTHER', brother],
    ] as const;
    const { sent, heard } = await octt.command(
      'send-local-list',
      {
        version: 1,
        update_type: 'Full',
        entries: entries.map(([id_token, status]) => ({
          id_token,
          id_token_type: 'ISO14443',
          status,
          group_id_token: FAMILY,
        })),
      },
      'SendLocalList',
      { status: 'Accepted' },
    );
    expect(sent).toEqual({
      versionNumber: 1,
      updateType: 'Full',
      localAuthorizationList: entries.map(([idToken, status]) => ({
        idToken: token(idToken),
        idTokenInfo: { status, ...group(FAMILY) },
      })),
    });
    expect(heard).toMatchObject({ status: 'Accepted' });
    expect(await octt.read('/local-list')).toMatchObject({ version: 1 });
  }

  it('TC_C_40 Authorization by GroupId - Success with Local Authorization List', async () => {
    const octt = await booted('OCTT2-C_40');
    await sendFamily(octt, 'Accepted');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    await transaction.authorized(token('OCTT-SISTER'), { answer: { idTokenInfo: family } });
    await transaction.flows();
    const stop = { idToken: token('OCTT-BROTHER'), wh: 3500, answer: { idTokenInfo: family } };
    await transaction.ended('StopAuthorized', stop);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', id_token: 'OCTT-SISTER', energy_wh: 2500 });
  });

  it('TC_C_43 Authorization by GroupId - Invalid status with Local Authorization List', async () => {
    const octt = await booted('OCTT2-C_43');
    await sendFamily(octt, 'Invalid');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    await transaction.authorized(token('OCTT-SISTER'), { answer: { idTokenInfo: family } });
    await transaction.flows();
    // The list refuses the brother; the station asks, and the gateway's word counts.
    expect(await octt.authorize(token('OCTT-BROTHER'))).toEqual(family);
    const stop = { idToken: token('OCTT-BROTHER'), wh: 3500, answer: { idTokenInfo: family } };
    await transaction.ended('StopAuthorized', stop);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'Local', energy_wh: 2500 });
  });

  /** C16: a master pass stops these EVSEs' transactions; the other goes on. */
  async function stopsByMaster(octt: Octt, evseIds: readonly number[], asks: boolean): Promise<void> {
    await octt.status('Available', 2);
    const transactions = new Map(
      await Promise.all(
        [1, 2].map(async (evseId) => {
          const transactionId = `${octt.cpId}-EVSE-${evseId}`;
          return [evseId, await octt.charging({ evseId, transactionId })] as const;
        }),
      ),
    );
    const master = { status: 'Accepted', ...group(MASTER_GROUP) };
    if (asks) expect(await octt.authorize(token('OCTT-MASTER'))).toEqual(master);
    for (const evseId of evseIds) {
      const stop = { info: { stoppedReason: 'MasterPass' }, idToken: token('OCTT-MASTER'), wh: 3500 };
      await transactions.get(evseId)?.ended('StopAuthorized', { ...stop, answer: { idTokenInfo: master } });
    }
    const rows = new Map((await octt.transactions()).map((row) => [row['evse_id'], row]));
    for (const evseId of [1, 2])
      expect(rows.get(evseId)).toMatchObject(
        evseIds.includes(evseId)
          ? { state: 'ended', id_token: TAG, stop_reason: 'MasterPass', energy_wh: 2500 }
          : { state: 'active', id_token: TAG, stop_reason: null },
      );
  }

  it('TC_C_47 Stop Transaction with a Master Pass - With UI - All transactions', async () =>
    stopsByMaster(await booted('OCTT2-C_47'), [1, 2], true));

  it('TC_C_48 Stop Transaction with a Master Pass - With UI - Specific transactions', async () =>
    stopsByMaster(await booted('OCTT2-C_48'), [2], true));

  it('TC_C_49 Stop Transaction with a Master Pass - Without UI', async () =>
    stopsByMaster(await booted('OCTT2-C_49'), [1, 2], false));
}
