import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type EventOptions, type Octt, type Payload, TAG, time, token } from './octt.ts';

/** The wire's way to leave a field out. */
const NO_EVSE = { evse: undefined };

/** Block E: each point at which a station may let a transaction begin (E01), and what it tells until energy flows. */
export function transactionStarts(stack: () => Stack): void {
  const { booted } = charging(stack);

  const by = (idToken = token()): { idToken: object } => ({ idToken });
  const at = (chargingState: string): { info: object } => ({ info: { chargingState } });

  /** The one transaction, active at EVSE 1 for the token. */
  async function runs(octt: Octt, more: Payload = {}): Promise<void> {
    expect(await octt.transaction()).toMatchObject({
      transaction_id: `${octt.cpId}-T1`,
      protocol: 'ocpp2.0.1',
      state: 'active',
      evse_id: 1,
      connector_id: 1,
      id_token: TAG,
      id_token_type: 'ISO14443',
      id_token_status: 'Accepted',
      charging_state: 'Charging',
      missing_seq_nos: [],
      orphan: false,
      ...more,
    });
    expect(await octt.connectorStatus(1)).toBe('Occupied');
  }

  const accepted = async (octt: Octt): Promise<void> =>
    expect(await octt.authorize(token())).toEqual({ status: 'Accepted' });

  interface Point {
    title: string;
    cpId: string;
    /** How it starts, token and cable being there. */
    trigger: string;
    start: EventOptions;
  }

  const signed = {
    signedMeterData: Buffer.from('OCMF|{}').toString('base64'),
    signingMethod: 'ECDSAP256SHA256',
    encodingMethod: 'OCMF',
    publicKey: Buffer.from('a key').toString('base64'),
  };
  const sampledValue = [
    { value: 1000, context: 'Transaction.Begin', unitOfMeasure: { unit: 'Wh' }, signedMeterValue: signed },
  ];

  it.each<Point>([
    {
      title: 'TC_E_01 Start transaction options - PowerPathClosed',
      cpId: 'OCTT2-E_01',
      trigger: 'CablePluggedIn',
      start: { ...at('EVConnected'), ...by(), wh: 1000 },
    },
    {
      title: 'TC_E_02 Start transaction options - EnergyTransfer',
      cpId: 'OCTT2-E_02',
      trigger: 'ChargingStateChanged',
      start: { ...at('Charging'), ...by(), wh: 1000 },
    },
    {
      title: 'TC_E_11 Start transaction options - DataSigned',
      cpId: 'OCTT2-E_11',
      trigger: 'SignedDataReceived',
      start: { ...at('EVConnected'), ...by(), more: { meterValue: [{ timestamp: time(), sampledValue }] } },
    },
  ])('$title', async ({ cpId, trigger, start }) => {
    const octt = await booted(cpId);
    await accepted(octt);
    await octt.status('Occupied');
    expect(await octt.transactions()).toEqual([]);
    const transaction = octt.begin();
    await transaction.started(trigger, start);
    expect(await octt.transaction()).toMatchObject({ state: 'active', meter_start_wh: 1000 });
    await transaction.flows();
    await runs(octt);
  });

  /** Before the driver has shown a token, it is nobody's. */
  async function isNobodys(octt: Octt, chargingState: string): Promise<void> {
    expect(await octt.transaction()).toMatchObject({
      state: 'active',
      id_token: null,
      id_token_status: null,
      charging_state: chargingState,
    });
  }

  it('TC_E_03 Local start transaction - Cable plugin first - Success', async () => {
    const octt = await booted('OCTT2-E_03');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    await isNobodys(octt, 'EVConnected');
    await accepted(octt);
    await transaction.authorized();
    await transaction.flows();
    await runs(octt, { meter_start_wh: 1000 });
  });

  it('TC_E_04 Local start transaction - Authorization first - Success', async () => {
    const octt = await booted('OCTT2-E_04');
    const transaction = octt.begin();
    await accepted(octt);
    await transaction.started('Authorized', { ...by(), more: NO_EVSE });
    expect(await octt.transaction()).toMatchObject({ state: 'active', evse_id: 0, id_token: TAG });
    await octt.status('Occupied');
    await transaction.updated('CablePluggedIn', at('EVConnected'));
    await transaction.flows();
    await runs(octt);
  });

  it('TC_E_09 Start transaction options - EVConnected', async () => {
    const octt = await booted('OCTT2-E_09');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    await isNobodys(octt, 'EVConnected');
    await transaction.authorized();
    await transaction.flows();
    await runs(octt);
  });

  it('TC_E_10 Start transaction options - Authorized - Local', async () => {
    const octt = await booted('OCTT2-E_10');
    const transaction = octt.begin();
    await transaction.started('Authorized', { ...at('Idle'), ...by(), more: NO_EVSE });
    expect(await octt.transaction()).toMatchObject({ state: 'active', charging_state: 'Idle', id_token: TAG });
    await octt.status('Occupied');
    await transaction.updated('CablePluggedIn', at('EVConnected'));
    await transaction.flows();
    await runs(octt);
  });

  it('TC_E_12 Start transaction options - ParkingBayOccupied', async () => {
    const octt = await booted('OCTT2-E_12');
    const transaction = octt.begin();
    await transaction.started('EVDetected', { ...at('Idle'), wh: 1000 });
    await isNobodys(octt, 'Idle');
    await accepted(octt);
    await transaction.updated('Authorized', { ...at('Idle'), ...by() });
    await octt.status('Occupied');
    await transaction.updated('CablePluggedIn', at('EVConnected'));
    await transaction.flows();
    await runs(octt, { meter_start_wh: 1000 });
  });

  it('TC_E_38 Local start transaction - EV not ready', async () => {
    const octt = await booted('OCTT2-E_38');
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.plugIn();
    await accepted(octt);
    await transaction.authorized();
    await transaction.updated('ChargingStateChanged', at('SuspendedEV'));
    await runs(octt, { charging_state: 'SuspendedEV' });
  });

  it('TC_E_53 Reset Sequence Number - CSMS accepting seqNo = 0 at start of transaction', async () => {
    const octt = await booted('OCTT2-E_53');
    for (const transactionId of ['OCTT2-E_53-T1', 'OCTT2-E_53-T2']) {
      const transaction = await octt.charging({ transactionId });
      await transaction.ended('StopAuthorized', { wh: 3500 });
      expect(transaction.seqNo).toBe(4);
      await octt.status('Available');
    }
    const rows = await octt.transactions();
    expect(rows.map((row) => row['transaction_id']).sort()).toEqual(['OCTT2-E_53-T1', 'OCTT2-E_53-T2']);
    for (const row of rows)
      expect(row).toMatchObject({ state: 'ended', energy_wh: 2500, missing_seq_nos: [], orphan: false });
  });
}
