import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, TAG } from './octt.ts';

/** Core: what the operator does to a charge point from afar. */
export function coreRemote(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** RemoteStart for connector 1, exactly that and nothing more, answered with `status`. */
  async function remoteStart(octt: Octt, status: string): Promise<void> {
    const body = { id_token: TAG, evse_id: 1 };
    const { sent, heard } = await octt.command('remote-start', body, 'RemoteStartTransaction', { status });
    expect(sent).toEqual({ idTag: TAG, connectorId: 1 });
    expect(heard).toMatchObject({ status });
  }

  it('TC_010 Remote Start – Cable Plugged in First', async () => {
    const octt = await booted('OCTT-010');
    await octt.status(1, 'Preparing');
    await remoteStart(octt, 'Accepted');
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    const transactionId = await octt.charge();
    expect(await octt.transaction()).toMatchObject({
      transaction_id: String(transactionId),
      state: 'active',
      id_token: TAG,
    });
    expect(await octt.connectorStatus(1)).toBe('Charging');
  });

  it('TC_011_1 Remote Start – Remote Start First', async () => {
    const octt = await booted('OCTT-011_1');
    await remoteStart(octt, 'Accepted');
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Preparing');
    const transactionId = await octt.charge();
    expect(await octt.transaction()).toMatchObject({ transaction_id: String(transactionId), state: 'active' });
    expect(await octt.connectorStatus(1)).toBe('Charging');
  });

  it('TC_011_2 Remote Start – Time Out', async () => {
    const octt = await booted('OCTT-011_2');
    await remoteStart(octt, 'Accepted');
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Preparing');
    await octt.status(1, 'Available');
    expect(await octt.transactions()).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_012 Remote Stop', async () => {
    const octt = await booted('OCTT-012');
    const transactionId = await octt.charge();
    // The operator has the id from the list of transactions, as text.
    const { transaction_id } = await octt.transaction();
    const accepted = { status: 'Accepted' };
    const stop = await octt.command('remote-stop', { transaction_id }, 'RemoteStopTransaction', accepted);
    expect(stop.sent).toEqual({ transactionId });
    expect(stop.heard).toMatchObject(accepted);
    expect(await octt.stop({ transactionId, reason: 'Remote' })).toEqual({});
    await octt.status(1, 'Finishing');
    await octt.status(1, 'Available');
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'Remote', energy_wh: 2500 });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_013 Hard Reset', () => resets('OCTT-013', 'Hard'));
  it('TC_014 Soft Reset', () => resets('OCTT-014', 'Soft'));

  async function resets(cpId: string, type: string): Promise<void> {
    const octt = await booted(cpId);
    const before = await octt.read();
    const { sent, heard } = await octt.command('reset', { type }, 'Reset', { status: 'Accepted' });
    expect(sent).toEqual({ type });
    expect(heard).toMatchObject({ status: 'Accepted' });
    await octt.reboot();
    await octt.status(0, 'Available');
    await octt.status(1, 'Available');
    const after = await octt.read();
    expect(after).toMatchObject({ online: true, registration_status: 'Accepted' });
    expect(Date.parse(String(after['last_boot_at']))).toBeGreaterThan(Date.parse(String(before['last_boot_at'])));
  }

  /** UnlockConnector of this connector, answered with `status`. */
  async function unlock(octt: Octt, evse_id: number, status: string): Promise<void> {
    const { sent, heard } = await octt.command('unlock-connector', { evse_id }, 'UnlockConnector', { status });
    expect(sent).toEqual({ connectorId: evse_id });
    expect(heard).toMatchObject({ status });
  }

  it('TC_017_1 Unlock Connector, no session, not fixed', async () => {
    const octt = await booted('OCTT-017_1');
    await unlock(octt, 1, 'Unlocked');
    expect(await octt.connectorStatus(1)).toBe('Available');
    expect(await octt.transactions()).toEqual([]);
  });

  it('TC_017_2 Unlock Connector, no session, fixed cable', async () => {
    const octt = await booted('OCTT-017_2');
    await unlock(octt, 1, 'NotSupported');
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_018_1 Unlock Connector with session', async () => {
    const octt = await booted('OCTT-018_1');
    const transactionId = await octt.charge();
    await unlock(octt, 1, 'Unlocked');
    await octt.status(1, 'Finishing');
    expect(await octt.stop({ transactionId, reason: 'UnlockCommand' })).toEqual({});
    await octt.status(1, 'Available');
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'UnlockCommand', energy_wh: 2500 });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_026 Remote Start – Rejected', async () => {
    const octt = await booted('OCTT-026');
    await remoteStart(octt, 'Rejected');
    expect(await octt.transactions()).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_028 Remote Stop – Rejected', async () => {
    const octt = await booted('OCTT-028');
    const transactionId = await octt.charge();
    const rejected = { status: 'Rejected' };
    const body = { transaction_id: String(transactionId + 1_000_000) };
    const { sent, heard } = await octt.command('remote-stop', body, 'RemoteStopTransaction', rejected);
    expect(sent).toEqual({ transactionId: transactionId + 1_000_000 });
    expect(heard).toMatchObject(rejected);
    expect(await octt.transaction()).toMatchObject({ transaction_id: String(transactionId), state: 'active' });
    expect(await octt.connectorStatus(1)).toBe('Charging');
  });

  it('TC_030 Unlock – Unlock Failure', async () => {
    const octt = await booted('OCTT-030');
    const transactionId = await octt.charge();
    await unlock(octt, 1, 'UnlockFailed');
    expect(await octt.transaction()).toMatchObject({ transaction_id: String(transactionId), state: 'active' });
  });

  it('TC_031 Unlock – Unknown Connector', async () => {
    const octt = await booted('OCTT-031');
    await unlock(octt, 9, 'NotSupported');
    const { connectors } = await octt.read();
    expect(connectors).toHaveLength(2);
  });
}
