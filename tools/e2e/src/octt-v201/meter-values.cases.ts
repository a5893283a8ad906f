import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, time } from './octt.ts';

const [REGISTER, POWER] = ['Energy.Active.Import.Register', 'Power.Active.Import'];
const SIGNED = {
  signedMeterData: 'T0NNRnx7fQ==',
  signingMethod: 'ECDSA-secp256r1-SHA256',
  encodingMethod: 'OCMF',
  publicKey: 'b2NtZi1rZXk=',
};

/** Block J, meter values (J01 to J03). */
export function meterValues(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** One group: the register in kWh and the power in W, as many stations send them. */
  const group = (context: string, kWh: number, more: object = {}): { timestamp: string; sampledValue: object[] } => ({
    timestamp: time(),
    sampledValue: [
      { value: kWh, context, measurand: REGISTER, unitOfMeasure: { unit: 'kWh' }, location: 'Outlet', ...more },
      { value: 7.4, context, measurand: POWER, phase: 'L1', unitOfMeasure: { unit: 'W', multiplier: 3 }, ...more },
    ],
  });

  /** The rows of a group. */
  const rows = (context: string, wh: number, transactionId: string | null): Payload[] =>
    [
      { measurand: REGISTER, value: wh, unit: 'Wh', raw_unit: 'kWh', phase: null },
      { measurand: POWER, value: 7400, unit: 'W', raw_value: '7.4', phase: 'L1' },
    ].map((row) => ({ ...row, location: 'Outlet', context, transaction_id: transactionId }));

  /** What was signed stands beside the number, as it came. */
  const signedRows = (context: string, wh: number, transactionId: string | null): Payload[] => [
    ...rows(context, wh, transactionId),
    ...[REGISTER, POWER].map((measurand) => ({
      measurand,
      value: null,
      raw_value: JSON.stringify(SIGNED),
      format: 'SignedData',
      context,
      transaction_id: transactionId,
    })),
  ];

  /** The operator finds just these values, in whatever order. */
  async function finds(octt: Octt, evseId: number, expected: readonly Payload[]): Promise<void> {
    await until('the meter values', async () => {
      const values = await octt.list('/meter-values');
      expect(values).toHaveLength(expected.length);
      for (const row of expected)
        expect(values).toContainEqual(expect.objectContaining({ evse_id: evseId, protocol: 'ocpp2.0.1', ...row }));
    });
  }

  it('TC_J_01 Clock-aligned Meter Values - No transaction ongoing', async () => {
    const octt = await booted('OCTT2-J_01');
    expect(await octt.call('MeterValues', { evseId: 1, meterValue: [group('Sample.Clock', 1.5)] })).toEqual({});
    expect(await octt.call('MeterValues', { evseId: 0, meterValue: [group('Sample.Clock', 3)] })).toEqual({});
    await finds(octt, 1, [
      ...rows('Sample.Clock', 1500, null),
      ...rows('Sample.Clock', 3000, null).map((row) => ({ ...row, evse_id: 0 })),
    ]);
  });

  it('TC_J_02 Clock-aligned Meter Values - Transaction ongoing', async () => {
    const octt = await booted('OCTT2-J_02');
    const transaction = octt.begin();
    await transaction.started('CablePluggedIn', { info: { chargingState: 'Charging' } });
    await transaction.updated('MeterValueClock', { more: { meterValue: [group('Sample.Clock', 1.5)] } });
    await finds(octt, 1, rows('Sample.Clock', 1500, transaction.transactionId));
  });

  it('TC_J_03 Clock-aligned Meter Values - EventType Ended', async () => {
    const octt = await booted('OCTT2-J_03');
    const transaction = octt.begin();
    await transaction.started('CablePluggedIn', { info: { chargingState: 'Charging' } });
    const meterValue = [group('Sample.Clock', 1.5), group('Sample.Clock', 2)];
    await transaction.ended('StopAuthorized', { more: { meterValue } });
    const { transactionId } = transaction;
    await finds(octt, 1, [...rows('Sample.Clock', 1500, transactionId), ...rows('Sample.Clock', 2000, transactionId)]);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', meter_stop_wh: 2000 });
  });

  it('TC_J_04 Clock-aligned Meter Values - Signed', async () => {
    const octt = await booted('OCTT2-J_04');
    const meterValue = [group('Sample.Clock', 1.5, { signedMeterValue: SIGNED })];
    expect(await octt.call('MeterValues', { evseId: 1, meterValue })).toEqual({});
    await finds(octt, 1, signedRows('Sample.Clock', 1500, null));
  });

  it('TC_J_07 Sampled Meter Values - EventType Started - EVSE known', async () => {
    const octt = await booted('OCTT2-J_07');
    const transaction = octt.begin();
    await transaction.started('CablePluggedIn', { more: { meterValue: [group('Transaction.Begin', 1.5)] } });
    await finds(octt, 1, rows('Transaction.Begin', 1500, transaction.transactionId));
    expect(await octt.transaction()).toMatchObject({ evse_id: 1, connector_id: 1, meter_start_wh: 1500 });
  });

  it('TC_J_08 Sampled Meter Values - Context Transaction.Begin - EVSE not known', async () => {
    const octt = await booted('OCTT2-J_08');
    const transaction = octt.begin();
    await transaction.started('Authorized', { more: { evse: undefined } });
    expect(await octt.transaction()).toMatchObject({ state: 'active', evse_id: 0, meter_start_wh: null });
    await transaction.updated('CablePluggedIn', { more: { meterValue: [group('Transaction.Begin', 1.5)] } });
    await finds(octt, 1, rows('Transaction.Begin', 1500, transaction.transactionId));
    await transaction.ended('StopAuthorized', { wh: 4000 });
    expect(await octt.transaction()).toMatchObject({
      evse_id: 1,
      connector_id: 1,
      meter_start_wh: 1500,
      meter_stop_wh: 4000,
      energy_wh: 2500,
    });
  });

  it('TC_J_09 Sampled Meter Values - EventType Updated', async () => {
    const octt = await booted('OCTT2-J_09');
    const transaction = octt.begin();
    await transaction.started('CablePluggedIn', { info: { chargingState: 'Charging' } });
    for (const kWh of [1.5, 2])
      await transaction.updated('MeterValuePeriodic', { more: { meterValue: [group('Sample.Periodic', kWh)] } });
    const { transactionId } = transaction;
    await finds(octt, 1, [
      ...rows('Sample.Periodic', 1500, transactionId),
      ...rows('Sample.Periodic', 2000, transactionId),
    ]);
  });

  it('TC_J_10 Sampled Meter Values - EventType Ended', async () => {
    const octt = await booted('OCTT2-J_10');
    const transaction = octt.begin();
    await transaction.plugIn();
    const meterValue = [group('Sample.Periodic', 1.5), group('Transaction.End', 2)];
    await transaction.ended('EVDeparted', { info: { stoppedReason: 'EVDisconnected' }, more: { meterValue } });
    const { transactionId } = transaction;
    await finds(octt, 1, [
      { measurand: REGISTER, value: 1000, context: 'Transaction.Begin', transaction_id: transactionId },
      ...rows('Sample.Periodic', 1500, transactionId),
      ...rows('Transaction.End', 2000, transactionId),
    ]);
    expect(await octt.transaction()).toMatchObject({
      state: 'ended',
      stop_reason: 'EVDisconnected',
      meter_start_wh: 1000,
      meter_stop_wh: 2000,
      energy_wh: 1000,
    });
  });

  it('TC_J_11 Sampled Meter Values - Signed', async () => {
    const octt = await booted('OCTT2-J_11');
    const transaction = octt.begin();
    const signed = (context: string, kWh: number): object => ({
      more: { meterValue: [group(context, kWh, { signedMeterValue: SIGNED })] },
    });
    await transaction.started('CablePluggedIn', signed('Transaction.Begin', 1));
    await transaction.updated('MeterValuePeriodic', signed('Sample.Periodic', 1.5));
    await transaction.ended('StopAuthorized', signed('Transaction.End', 2));
    const { transactionId } = transaction;
    await finds(octt, 1, [
      ...signedRows('Transaction.Begin', 1000, transactionId),
      ...signedRows('Sample.Periodic', 1500, transactionId),
      ...signedRows('Transaction.End', 2000, transactionId),
    ]);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', energy_wh: 1000 });
  });
}
