import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, type ScriptedTransaction, TAG, time, token } from './octt.ts';

/** Block F: remote starts and stops, unlocking, triggers. */
export function remoteControl(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** RequestStartTransaction for EVSE 1, exactly that, answered Accepted. @returns remoteStartId */
  async function remoteStart(octt: Octt, running?: ScriptedTransaction): Promise<number> {
    const named = running ? { transactionId: running.transactionId } : {};
    const { sent, heard } = await octt.command(
      'remote-start',
      { id_token: TAG, id_token_type: 'ISO14443', evse_id: 1 },
      'RequestStartTransaction',
      { status: 'Accepted', ...named },
    );
    expect(sent).toEqual({ idToken: token(), remoteStartId: expect.any(Number), evseId: 1 });
    const { remoteStartId } = sent as { remoteStartId: number };
    expect(heard).toMatchObject({
      status: 'Accepted',
      remote_start_id: remoteStartId,
      transaction_id: running?.transactionId ?? null,
    });
    return remoteStartId;
  }

  const accepted = async (octt: Octt): Promise<void> =>
    expect(await octt.authorize(token())).toEqual({ status: 'Accepted' });

  async function charges(octt: Octt, remoteStartId: number): Promise<void> {
    expect(await octt.transaction()).toMatchObject({
      state: 'active',
      evse_id: 1,
      id_token: TAG,
      id_token_status: 'Accepted',
      remote_start_id: remoteStartId,
      charging_state: 'Charging',
      missing_seq_nos: [],
    });
    expect(await octt.connectorStatus(1)).toBe('Occupied');
  }

  it('TC_F_01 Remote start transaction - Cable plugin first', async () => {
    const octt = await booted('OCTT2-F_01');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    const remoteStartId = await remoteStart(octt, transaction);
    await accepted(octt);
    await transaction.updated('RemoteStart', {
      info: { remoteStartId, chargingState: 'EVConnected' },
      idToken: token(),
    });
    await transaction.flows();
    await charges(octt, remoteStartId);
  });

  it.each([
    ['TC_F_02 Remote start transaction - Remote start first - AuthorizeRemoteStart is true', 'OCTT2-F_02', true],
    ['TC_F_03 Remote start transaction - Remote start first - AuthorizeRemoteStart is false', 'OCTT2-F_03', false],
  ])('%s', async (_, cpId, asks) => {
    const octt = await booted(cpId);
    const remoteStartId = await remoteStart(octt);
    if (asks) await accepted(octt);
    const transaction = octt.begin();
    await startsRemotely(transaction, remoteStartId);
    await octt.status('Occupied');
    await transaction.updated('CablePluggedIn', { info: { chargingState: 'EVConnected' } });
    await transaction.flows();
    await charges(octt, remoteStartId);
  });

  it('TC_F_04 Remote start transaction - Remote start first - Cable plugin timeout', async () => {
    const octt = await booted('OCTT2-F_04');
    const remoteStartId = await remoteStart(octt);
    await accepted(octt);
    const transaction = octt.begin();
    await startsRemotely(transaction, remoteStartId);
    await transaction.ended('EVConnectTimeout', { info: { stoppedReason: 'Timeout' }, more: { evse: undefined } });
    expect(await octt.transaction()).toMatchObject({
      state: 'ended',
      stop_reason: 'Timeout',
      remote_start_id: remoteStartId,
      id_token: TAG,
    });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  function startsRemotely(transaction: ScriptedTransaction, remoteStartId: number): Promise<void> {
    return transaction.started('RemoteStart', {
      info: { remoteStartId, chargingState: 'Idle' },
      idToken: token(),
      more: { evse: undefined },
    });
  }

  it('TC_F_06 Remote unlock Connector - Without ongoing transaction - Accepted', async () => {
    const octt = await booted('OCTT2-F_06');
    const body = { evse_id: 1, connector_id: 1 };
    const { sent, heard } = await octt.command('unlock-connector', body, 'UnlockConnector', { status: 'Unlocked' });
    expect(sent).toEqual({ evseId: 1, connectorId: 1 });
    expect(heard).toMatchObject({ status: 'Unlocked' });
    expect(await octt.connectorStatus(1)).toBe('Available');
    expect(await octt.transactions()).toEqual([]);
  });

  /** TriggerMessage of this, exactly, answered with `status`. */
  async function triggers(octt: Octt, requestedMessage: string, evse?: Payload, status = 'Accepted'): Promise<void> {
    const { sent, heard } = await octt.command(
      'trigger-message',
      { requested_message: requestedMessage, ...(evse ? { evse_id: evse['id'] } : {}) },
      'TriggerMessage',
      { status },
    );
    expect(sent).toEqual({ requestedMessage, ...(evse ? { evse } : {}) });
    expect(heard).toMatchObject({ status });
  }

  it.each([
    ['TC_F_11 Trigger message - MeterValues - Specific EVSE', 'OCTT2-F_11', { id: 1 }, [1]],
    ['TC_F_12 Trigger message - MeterValues - All EVSE', 'OCTT2-F_12', undefined, [1, 2]],
  ])('%s', async (_, cpId, evse, evseIds) => {
    const octt = await booted(cpId);
    await triggers(octt, 'MeterValues', evse);
    const sampledValue = [{ value: 1234, context: 'Trigger', measurand: 'Energy.Active.Import.Register' }];
    for (const evseId of evseIds) {
      const meterValue = [{ timestamp: time(), sampledValue }];
      expect(await octt.call('MeterValues', { evseId, meterValue })).toEqual({});
    }
    await until('the meter values', async () => {
      const values = await octt.list('/meter-values');
      expect(values.map((value) => value['evse_id']).sort()).toEqual(evseIds);
      for (const value of values) expect(value).toMatchObject({ context: 'Trigger', value: 1234, unit: 'Wh' });
    });
  });

  it.each([
    ['TC_F_13 Trigger message - TransactionEvent - Specific EVSE', 'OCTT2-F_13', { id: 1 }, [1]],
    ['TC_F_14 Trigger message - TransactionEvent - All EVSE', 'OCTT2-F_14', undefined, [1, 2]],
  ])('%s', async (_, cpId, evse, evseIds) => {
    const octt = await booted(cpId);
    const transactions: ScriptedTransaction[] = [];
    for (const evseId of evseIds)
      transactions.push(await octt.charging({ evseId, transactionId: `${cpId}-EVSE-${evseId}` }));
    await triggers(octt, 'TransactionEvent', evse);
    for (const transaction of transactions)
      await transaction.updated('Trigger', { info: { chargingState: 'SuspendedEVSE' }, wh: 1234, context: 'Trigger' });
    const rows = await octt.transactions();
    expect(rows.map((row) => row['evse_id']).sort()).toEqual(evseIds);
    for (const row of rows)
      expect(row).toMatchObject({ state: 'active', charging_state: 'SuspendedEVSE', missing_seq_nos: [] });
  });

  it.each([
    ['TC_F_15 Trigger message - LogStatusNotification - Idle', 'OCTT2-F_15', 'LogStatusNotification', '/log-uploads'],
    [
      'TC_F_18 Trigger message - FirmwareStatusNotification - Idle',
      'OCTT2-F_18',
      'FirmwareStatusNotification',
      '/firmware-updates',
    ],
  ])('%s', async (_, cpId, message, path) => {
    const octt = await booted(cpId);
    await triggers(octt, message);
    // Idle: of no upload and no update, so there is no requestId.
    expect(await octt.call(message, { status: 'Idle' })).toEqual({});
    expect(await octt.list(path)).toEqual([]);
  });

  it('TC_F_20 Trigger message - Heartbeat', async () => {
    const octt = await booted('OCTT2-F_20');
    await triggers(octt, 'Heartbeat');
    const { currentTime, ...rest } = await octt.call('Heartbeat');
    expect(rest).toEqual({});
    expect(Math.abs(Date.parse(String(currentTime)) - Date.now())).toBeLessThan(4000);
    expect(await octt.read()).toMatchObject({ online: true });
  });

  it.each([
    ['TC_F_23 Trigger message - StatusNotification - Specific EVSE - Available', 'OCTT2-F_23', 'Available'],
    ['TC_F_24 Trigger message - StatusNotification - Specific EVSE - Occupied', 'OCTT2-F_24', 'Occupied'],
  ])('%s', async (_, cpId, connectorStatus) => {
    const octt = await booted(cpId);
    // F06.FR.12: a connector is named, for it is of a connector that the message speaks.
    await triggers(octt, 'StatusNotification', { id: 1, connectorId: 1 });
    await octt.status(connectorStatus);
    expect(await octt.connectorStatus(1)).toBe(connectorStatus);
  });

  it('TC_F_27 Trigger message - NotImplemented', async () => {
    const octt = await booted('OCTT2-F_27');
    await triggers(octt, 'SignCombinedCertificate', undefined, 'NotImplemented');
    expect(await octt.read()).toMatchObject({ online: true, registration_status: 'Accepted' });
    expect(await octt.list('/certificate-signings')).toEqual([]);
  });
}
