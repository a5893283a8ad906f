import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, TAG, time } from './octt.ts';

/** Core: boot, authorization and charging sessions. */
export function coreSession(stack: () => Stack): void {
  const { registered, booted } = charging(stack);

  it('TC_001 Cold Boot Charge Point', async () => {
    const octt = await registered('OCTT-001');
    expect(await octt.read()).toMatchObject({ online: false, registration_status: null });
    await octt.connect();
    await octt.boot({ chargePointSerialNumber: 'SN-001', firmwareVersion: '1.0' });
    for (const connectorId of [0, 1, 2]) await octt.status(connectorId, 'Available');
    expect(await octt.call('Heartbeat')).toEqual({ currentTime: expect.any(String) });
    const station = await octt.read();
    expect(station).toMatchObject({
      online: true,
      registration_status: 'Accepted',
      vendor: 'OCTT',
      model: 'O1',
      serial_number: 'SN-001',
      firmware_version: '1.0',
      protocol: 'ocpp1.6',
    });
    expect(station['connectors']).toEqual(
      [0, 1, 2].map((id) => expect.objectContaining({ evse_id: id, connector_id: id, status: 'Available' })),
    );
  });

  it('TC_003 Regular Charging Session – Plugin First', async () => {
    const octt = await booted('OCTT-003');
    await octt.status(1, 'Preparing');
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    const transactionId = await octt.charge();
    expect(await octt.connectorStatus(1)).toBe('Charging');
    expect(await octt.transaction()).toMatchObject({ state: 'active', id_token: TAG, evse_id: 1, connector_id: 1 });
    expect(await octt.stop({ transactionId, idTag: TAG })).toEqual({ idTagInfo: { status: 'Accepted' } });
    await octt.status(1, 'Finishing');
    await octt.status(1, 'Available');
    expect(await octt.transaction()).toMatchObject({
      transaction_id: String(transactionId),
      state: 'ended',
      stop_reason: 'Local',
      meter_start_wh: 1000,
      meter_stop_wh: 3500,
      energy_wh: 2500,
    });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_004_1 Regular Charging Session – Identification First', async () => {
    const octt = await booted('OCTT-004_1');
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Preparing');
    const transactionId = await octt.charge();
    expect(await octt.transaction()).toMatchObject({
      transaction_id: String(transactionId),
      state: 'active',
      id_token_status: 'Accepted',
    });
    expect(await octt.connectorStatus(1)).toBe('Charging');
  });

  it('TC_004_2 Identification First – ConnectionTimeOut', async () => {
    const octt = await booted('OCTT-004_2');
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Preparing');
    expect(await octt.connectorStatus(1)).toBe('Preparing');
    await octt.status(1, 'Available');
    expect(await octt.transactions()).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_005_1 EV Side Disconnected', async () => {
    const octt = await booted('OCTT-005_1');
    await octt.authorize();
    const transactionId = await octt.charge();
    await octt.status(1, 'SuspendedEV');
    expect(await octt.connectorStatus(1)).toBe('SuspendedEV');
    expect(await octt.stop({ transactionId, reason: 'EVDisconnected' })).toEqual({});
    await octt.status(1, 'Finishing');
    await octt.status(1, 'Available');
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'EVDisconnected', energy_wh: 2500 });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_007 Regular Start – Cached Id', async () => {
    const octt = await booted('OCTT-007');
    await octt.status(1, 'Preparing');
    const { transactionId, idTagInfo } = await octt.start();
    expect(idTagInfo).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Charging');
    expect(await octt.transaction()).toMatchObject({
      transaction_id: String(transactionId),
      state: 'active',
      id_token: TAG,
      id_token_status: 'Accepted',
    });
  });

  it('TC_023_1 Authorize invalid', () => refuses('OCTT-023_1', 'OCTT-INVALID', 'Invalid'));
  it('TC_023_2 Authorize expired', () => refuses('OCTT-023_2', 'OCTT-EXPIRED', 'Expired'));
  it('TC_023_3 Authorize blocked', () => refuses('OCTT-023_3', 'OCTT-BLOCKED', 'Blocked'));

  async function refuses(cpId: string, idTag: string, status: string): Promise<void> {
    const octt = await booted(cpId);
    await octt.status(1, 'Preparing');
    expect(await octt.authorize(idTag)).toEqual({ status });
    await octt.status(1, 'Available');
    expect(await octt.transactions()).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Available');
  }

  it('TC_024 Start Session Lock Failure', async () => {
    const octt = await booted('OCTT-024');
    await octt.authorize();
    await octt.status(1, 'Preparing');
    await octt.status(1, 'Faulted', 'ConnectorLockFailure');
    const { connectors } = await octt.read();
    expect(connectors).toContainEqual(
      expect.objectContaining({ evse_id: 1, status: 'Faulted', error_code: 'ConnectorLockFailure' }),
    );
    expect(await octt.transactions()).toEqual([]);
  });

  it('TC_032_1 Power failure boot, stop transactions', async () => {
    const octt = await booted('OCTT-032_1');
    const transactionId = await octt.charge();
    octt.loseConnection();
    await octt.connect();
    await octt.boot();
    expect(await octt.transaction()).toMatchObject({ state: 'active' });
    await octt.status(0, 'Available');
    await octt.status(1, 'Finishing');
    expect(await octt.stop({ transactionId, reason: 'PowerLoss', meterStop: 1700 })).toEqual({});
    await octt.status(1, 'Available');
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'PowerLoss', energy_wh: 700 });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_037_1 Offline Start – Valid IdTag', async () => {
    const octt = await booted('OCTT-037_1');
    octt.loseConnection();
    const startedAt = time(-90);
    await octt.connect();
    const { transactionId, idTagInfo } = await octt.start({ timestamp: startedAt });
    expect(idTagInfo).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Charging');
    expect(await octt.transaction()).toMatchObject({
      transaction_id: String(transactionId),
      state: 'active',
      started_at: startedAt,
      id_token_status: 'Accepted',
    });
  });

  it('TC_037_3 Offline Start – Invalid IdTag', async () => {
    const octt = await booted('OCTT-037_3');
    octt.loseConnection();
    const startedAt = time(-90);
    await octt.connect();
    const { transactionId, idTagInfo } = await octt.start({ timestamp: startedAt, idTag: 'OCTT-INVALID' });
    expect(idTagInfo).toEqual({ status: 'Invalid' });
    expect(await octt.stop({ transactionId, reason: 'DeAuthorized', meterStop: 1200 })).toEqual({});
    await octt.status(1, 'Finishing');
    expect(await octt.transaction()).toMatchObject({
      state: 'ended',
      id_token: 'OCTT-INVALID',
      id_token_status: 'Invalid',
      stop_reason: 'DeAuthorized',
      energy_wh: 200,
    });
  });

  it('TC_039 Offline Transaction', async () => {
    const octt = await booted('OCTT-039');
    octt.loseConnection();
    const [startedAt, endedAt] = [time(-600), time(-60)];
    await octt.connect();
    const { transactionId, idTagInfo } = await octt.start({ timestamp: startedAt });
    expect(idTagInfo).toEqual({ status: 'Accepted' });
    const stop = { transactionId, idTag: TAG, reason: 'Local', timestamp: endedAt };
    expect(await octt.stop(stop)).toEqual({ idTagInfo: { status: 'Accepted' } });
    await octt.status(1, 'Available');
    expect(await octt.transaction()).toMatchObject({
      state: 'ended',
      stop_reason: 'Local',
      started_at: startedAt,
      ended_at: endedAt,
      energy_wh: 2500,
    });
  });
}
