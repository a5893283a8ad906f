import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type EventOptions, type Octt, type Payload, type ScriptedTransaction, TAG, token } from './octt.ts';

/** Block E: each point at which a station may let a transaction end (E06 to E10). */
export function transactionStops(stack: () => Stack): void {
  const { booted } = charging(stack);

  const at = (chargingState: string): { info: object } => ({ info: { chargingState } });
  /** More of the end's transactionInfo. */
  const leaving = (stoppedReason: string, chargingState: string): { info: object } => ({
    info: { stoppedReason, chargingState },
  });

  /** The one transaction has ended, complete, 2500 Wh. */
  async function hasEnded(octt: Octt, more: Payload): Promise<void> {
    const row = await octt.transaction();
    expect(row).toMatchObject({
      state: 'ended',
      id_token: TAG,
      meter_start_wh: 1000,
      meter_stop_wh: 3500,
      energy_wh: 2500,
      missing_seq_nos: [],
      ...more,
    });
    expect(Date.parse(String(row['ended_at']))).toBeGreaterThanOrEqual(Date.parse(String(row['started_at'])));
  }

  /** The driver stops at the station; the transaction goes on until its end comes. */
  async function stopsLocally(octt: Octt, transaction: ScriptedTransaction): Promise<void> {
    expect(await octt.authorize(token())).toEqual({ status: 'Accepted' });
    await transaction.updated('StopAuthorized', { ...at('EVConnected'), idToken: token() });
    expect(await octt.transaction()).toMatchObject({ state: 'active', charging_state: 'EVConnected' });
  }

  interface Stop {
    title: string;
    cpId: string;
    /** Sent first. */
    before?: (octt: Octt, transaction: ScriptedTransaction) => Promise<void>;
    trigger: string;
    end: EventOptions;
    reason: string;
  }

  it.each<Stop>([
    {
      title: 'TC_E_07 Stop transaction options - PowerPathClosed - Local stop',
      cpId: 'OCTT2-E_07',
      before: async (octt) => expect(await octt.authorize(token())).toEqual({ status: 'Accepted' }),
      trigger: 'StopAuthorized',
      end: { ...leaving('Local', 'EVConnected'), idToken: token() },
      reason: 'Local',
    },
    {
      title: 'TC_E_08 Stop transaction options - EnergyTransfer stopped - StopAuthorized',
      cpId: 'OCTT2-E_08',
      before: stopsLocally,
      trigger: 'ChargingStateChanged',
      end: leaving('Local', 'EVConnected'),
      reason: 'Local',
    },
    {
      title: 'TC_E_14 Stop transaction options - EVDisconnected - Charging Station side',
      cpId: 'OCTT2-E_14',
      before: stopsLocally,
      trigger: 'EVCommunicationLost',
      end: leaving('Local', 'Idle'),
      reason: 'Local',
    },
    {
      title: 'TC_E_15 Stop transaction options - StopAuthorized - Local',
      cpId: 'OCTT2-E_15',
      before: async (octt) => expect(await octt.authorize(token())).toEqual({ status: 'Accepted' }),
      trigger: 'StopAuthorized',
      // The reason may be left out when it is Local.
      end: { info: { stoppedReason: undefined, chargingState: 'EVConnected' }, idToken: token() },
      reason: 'Local',
    },
    {
      title: 'TC_E_17 Stop transaction options - Deauthorized - EV side disconnect',
      cpId: 'OCTT2-E_17',
      trigger: 'EVCommunicationLost',
      end: leaving('EVDisconnected', 'Idle'),
      reason: 'EVDisconnected',
    },
    {
      title: 'TC_E_19 Stop transaction options - ParkingBayUnoccupied',
      cpId: 'OCTT2-E_19',
      before: async (octt, transaction) => {
        await stopsLocally(octt, transaction);
        await transaction.updated('EVCommunicationLost', at('Idle'));
      },
      trigger: 'EVDeparted',
      end: leaving('Local', 'Idle'),
      reason: 'Local',
    },
    {
      title: 'TC_E_20 Stop transaction options - EVDisconnected - EV side (IEC 61851-1)',
      cpId: 'OCTT2-E_20',
      before: (_, transaction) => transaction.updated('ChargingStateChanged', at('SuspendedEV')),
      trigger: 'EVCommunicationLost',
      end: leaving('EVDisconnected', 'Idle'),
      reason: 'EVDisconnected',
    },
    {
      title: 'TC_E_22 Stop transaction options - EnergyTransfer stopped - SuspendedEV',
      cpId: 'OCTT2-E_22',
      trigger: 'ChargingStateChanged',
      end: leaving('StoppedByEV', 'SuspendedEV'),
      reason: 'StoppedByEV',
    },
  ])('$title', async ({ cpId, before, trigger, end, reason }) => {
    const octt = await booted(cpId);
    const transaction = await octt.charging();
    await before?.(octt, transaction);
    await transaction.ended(trigger, { wh: 3500, ...end });
    await octt.status('Available');
    await hasEnded(octt, { stop_reason: reason });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_E_16 Stop transaction options - Deauthorized - Invalid idToken', async () => {
    const octt = await booted('OCTT2-E_16');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    await transaction.authorized(token('OCTT-INVALID'), { answer: { idTokenInfo: { status: 'Invalid' } } });
    await transaction.ended('Deauthorized', { ...leaving('DeAuthorized', 'EVConnected'), wh: 3500 });
    await hasEnded(octt, { id_token: 'OCTT-INVALID', id_token_status: 'Invalid', stop_reason: 'DeAuthorized' });
  });

  it('TC_E_21 Stop transaction options - StopAuthorized - Remote', async () => {
    const octt = await booted('OCTT2-E_21');
    const transaction = await octt.charging();
    // The operator has the id from the list of transactions.
    const { transaction_id } = await octt.transaction();
    const accepted = { status: 'Accepted' };
    const { sent, heard } = await octt.command('remote-stop', { transaction_id }, 'RequestStopTransaction', accepted);
    expect(sent).toEqual({ transactionId: transaction.transactionId });
    expect(heard).toMatchObject(accepted);
    await transaction.ended('RemoteStop', { ...leaving('Remote', 'EVConnected'), wh: 3500 });
    await octt.status('Available');
    await hasEnded(octt, { stop_reason: 'Remote' });
  });

  it('TC_E_26 Disconnect cable on EV-side - Suspend transaction', async () => {
    const octt = await booted('OCTT2-E_26');
    const transaction = await octt.charging();
    await transaction.updated('EVCommunicationLost', at('Idle'));
    expect(await octt.transaction()).toMatchObject({ state: 'active', charging_state: 'Idle' });
    await transaction.updated('CablePluggedIn', at('EVConnected'));
    await transaction.flows();
    expect(await octt.transaction()).toMatchObject({ state: 'active', charging_state: 'Charging' });
    await transaction.ended('StopAuthorized', { idToken: token(), wh: 3500 });
    await hasEnded(octt, { stop_reason: 'Local' });
  });

  it('TC_E_39 Stop transaction options - Deauthorized - timeout', async () => {
    const octt = await booted('OCTT2-E_39');
    const transaction = octt.begin();
    expect(await octt.authorize(token())).toEqual({ status: 'Accepted' });
    await transaction.started('Authorized', { idToken: token(), more: { evse: undefined } });
    await transaction.ended('EVConnectTimeout', { ...leaving('Timeout', 'Idle'), more: { evse: undefined } });
    expect(await octt.transaction()).toMatchObject({
      state: 'ended',
      id_token: TAG,
      stop_reason: 'Timeout',
      missing_seq_nos: [],
    });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });
}
