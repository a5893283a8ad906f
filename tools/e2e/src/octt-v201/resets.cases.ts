import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt } from './octt.ts';

/** Block B: resets of the station and of an EVSE (B11, B12). */
export function resets(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** Reset with this body, as the wire has it, answered with `status`. */
  async function reset(octt: Octt, body: object, wire: object, status: string): Promise<void> {
    const { sent, heard } = await octt.command('reset', body, 'Reset', { status });
    expect(sent).toEqual(wire);
    expect(heard).toMatchObject({ status });
  }

  /** The station comes back as a reset leaves it. */
  async function returns(octt: Octt, reason: string): Promise<void> {
    const before = await octt.read();
    await octt.reboot(reason);
    await octt.status('Available');
    const after = await octt.read();
    expect(after).toMatchObject({ online: true, registration_status: 'Accepted' });
    expect(Date.parse(String(after['last_boot_at']))).toBeGreaterThan(Date.parse(String(before['last_boot_at'])));
  }

  it('TC_B_20 Reset Charging Station - Without ongoing transaction - OnIdle', async () => {
    const octt = await booted('OCTT2-B_20');
    await reset(octt, { type: 'Soft' }, { type: 'OnIdle' }, 'Accepted');
    await returns(octt, 'RemoteReset');
    expect(await octt.transactions()).toEqual([]);
  });

  it('TC_B_21 Reset Charging Station - With Ongoing Transaction - OnIdle', async () => {
    const octt = await booted('OCTT2-B_21');
    const transaction = await octt.charging();
    await reset(octt, { type: 'Soft' }, { type: 'OnIdle' }, 'Scheduled');
    expect(await octt.transaction()).toMatchObject({ state: 'active' });
    await transaction.ended('StopAuthorized', { wh: 3500 });
    await returns(octt, 'ScheduledReset');
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'Local', energy_wh: 2500 });
  });

  it('TC_B_22 Reset Charging Station - With Ongoing Transaction - Immediate', async () => {
    const octt = await booted('OCTT2-B_22');
    const transaction = await octt.charging();
    await reset(octt, { type: 'Hard' }, { type: 'Immediate' }, 'Accepted');
    await transaction.ended('ResetCommand', { info: { stoppedReason: 'ImmediateReset' }, wh: 1700 });
    await returns(octt, 'RemoteReset');
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'ImmediateReset', energy_wh: 700 });
  });

  /** An EVSE resets by itself: no boot, and the other EVSE does not notice. */
  async function evseReturns(octt: Octt): Promise<void> {
    await octt.status('Unavailable', 1);
    expect(await octt.connectorStatus(1)).toBe('Unavailable');
    await octt.status('Available', 1);
    expect(await octt.connectorStatus(1)).toBe('Available');
    expect(await octt.connectorStatus(2)).toBe('Available');
  }

  it('TC_B_25 Reset EVSE - Without ongoing transaction', async () => {
    const octt = await booted('OCTT2-B_25');
    await octt.status('Available', 2);
    await reset(octt, { type: 'Soft', evse_id: 1 }, { type: 'OnIdle', evseId: 1 }, 'Accepted');
    await evseReturns(octt);
    expect(await octt.transactions()).toEqual([]);
  });

  it('TC_B_26 Reset EVSE - With Ongoing Transaction - OnIdle', async () => {
    const octt = await booted('OCTT2-B_26');
    await octt.status('Available', 2);
    const transaction = await octt.charging();
    await reset(octt, { type: 'Soft', evse_id: 1 }, { type: 'OnIdle', evseId: 1 }, 'Scheduled');
    expect(await octt.transaction()).toMatchObject({ state: 'active' });
    await transaction.ended('StopAuthorized', { wh: 3500 });
    await evseReturns(octt);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'Local', energy_wh: 2500 });
  });

  it('TC_B_27 Reset EVSE - With Ongoing Transaction - Immediate', async () => {
    const octt = await booted('OCTT2-B_27');
    await octt.status('Available', 2);
    const transaction = await octt.charging();
    await reset(octt, { type: 'Hard', evse_id: 1 }, { type: 'Immediate', evseId: 1 }, 'Accepted');
    await transaction.ended('ResetCommand', { info: { stoppedReason: 'ImmediateReset' }, wh: 1700 });
    await evseReturns(octt);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'ImmediateReset', energy_wh: 700 });
  });
}
