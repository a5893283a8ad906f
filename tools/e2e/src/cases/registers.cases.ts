import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { at, readings, type EventOptions, type Payload } from './station.ts';
import type { World } from './world.ts';

/** One value of the register, Wh. */
const wh = (value: number, more: Payload = {}): Payload => ({ value, unitOfMeasure: { unit: 'Wh' }, ...more });
const begin = { context: 'Transaction.Begin' };
const end = { context: 'Transaction.End' };
const signed = {
  signedMeterValue: { signedMeterData: 'T0NNRg==', signingMethod: '', encodingMethod: 'OCMF', publicKey: 'AQ==' },
};
const kilo = { unitOfMeasure: { unit: 'kWh' } };
const outlet = { location: 'Outlet' };
const inlet = { location: 'Inlet' };
const of = (phase: string): Payload => ({ phase });
const interval = { measurand: 'Energy.Active.Import.Interval' };

/** What a transaction says at each event: sampled values, each event of them at one time. */
interface Reported {
  start?: Payload[];
  updates?: Payload[][];
  end?: Payload[];
  /** Numbers its events from here, and leaves out none. */
  lost?: 'start' | 'update';
}

/** T9, T10, T11, T12, T15: the register chosen for the bill. */
export function registers(world: () => World): void {
  const plain = [wh(2_114_135.6, begin), wh(2_133_854.3, end)];
  const twins = [
    { value: 2114.1356, ...begin, ...signed },
    { value: 2133.8543, ...end, ...signed },
  ];

  async function billed(
    cpId: string,
    { start, updates = [], end: last, lost }: Reported,
    outcome: Payload,
  ): Promise<void> {
    const station = await world().two(cpId);
    const event = (minute: number, values?: Payload[]): EventOptions => ({
      timestamp: at(minute),
      ...(values ? readings(at(minute), ...values) : {}),
    });
    if (lost !== 'start') await station.started('tx', 0, { tag: 'ALICE', ...event(0, start) });
    for (const [index, values] of updates.entries())
      if (lost !== 'update' || index > 0) await station.updated('tx', index + 1, event(20 * (index + 1), values));
    await station.ended('tx', updates.length + 1, { tag: 'ALICE', ...event(60, last) });
    await world().downstream.holds(cpId, [{ transaction_id: 'tx', state: 'ended', ...outcome }]);
  }

  const exactly = (energy: number): Payload => ({ energy_wh: expect.closeTo(energy, 3), energy_reason: null });
  const unknown = { energy_wh: null, energy_reason: expect.stringMatching(/^[a-z_]+$/) };

  it.concurrent.each<[string, string, Reported, Payload]>([
    ['T9 readings twice over: the plain ones count', 'CASE-T9', { end: [...plain, ...twins] }, exactly(19_718.7)],
    [
      'T9 readings twice over, with Started lost',
      'CASE-T9-LOST',
      { end: [...plain, ...twins], lost: 'start' },
      exactly(19_718.7),
    ],
    [
      'T9 (relative) the signed ones stand first',
      'CASE-T9-FIRST',
      { end: [...twins, ...plain], lost: 'start' },
      exactly(19_718.7),
    ],
    [
      'T9 (relative) only signed ones, whose unit is known',
      'CASE-T9-SIGNED',
      { end: twins.map((one) => ({ ...one, ...kilo })) },
      exactly(19_718.7),
    ],
    ['T9 (relative) only signed ones without a unit bill nothing', 'CASE-T9-UNITLESS', { end: twins }, unknown],
    [
      'T10 the right register: one location for both ends, the outlet first',
      'CASE-T10',
      { start: [wh(1000, outlet), wh(1200, inlet)], end: [wh(2000, outlet), wh(2400, inlet)] },
      exactly(1000),
    ],
    [
      'T10 (relative) the inlet stands first in the message',
      'CASE-T10-ORDER',
      { start: [wh(1200, inlet), wh(1000, outlet)], end: [wh(2400, inlet), wh(2000, outlet)] },
      exactly(1000),
    ],
    [
      'T10 (relative) no location is the outlet',
      'CASE-T10-NONE',
      { start: [wh(1200, inlet), wh(1000)], end: [wh(2400, inlet), wh(2000, outlet)] },
      exactly(1000),
    ],
    [
      'T10 (relative) only the inlet is reported at both ends',
      'CASE-T10-INLET',
      { start: [wh(1000, outlet), wh(1200, inlet)], end: [wh(2400, inlet)] },
      exactly(1200),
    ],
    [
      'T10 (relative) a location that nobody knows is one, too',
      'CASE-T10-UNKNOWN',
      { start: [wh(1000, { location: 'Socket' })], end: [wh(2000, { location: 'Socket' })] },
      exactly(1000),
    ],
    [
      'T10 (relative) no location is reported at both ends',
      'CASE-T10-APART',
      { start: [wh(1000, outlet)], end: [wh(2400, inlet)] },
      unknown,
    ],
    [
      'T10 registers reported only by phase: their sum',
      'CASE-T10-PHASES',
      {
        start: [wh(300, of('L1')), wh(300, of('L2')), wh(400, of('L3'))],
        end: [wh(800, of('L1')), wh(700, of('L2')), wh(900, of('L3'))],
      },
      exactly(1400),
    ],
    [
      'T10 (relative) the total counts beside its phases',
      'CASE-T10-TOTAL',
      {
        start: [wh(300, of('L1')), wh(300, of('L2')), wh(400, of('L3')), wh(1000)],
        end: [wh(800, of('L1')), wh(700, of('L2')), wh(900, of('L3')), wh(2400)],
      },
      exactly(1400),
    ],
    [
      'T10 (relative) a phase is missing at the end',
      'CASE-T10-PHASE-LOST',
      {
        start: [wh(300, of('L1')), wh(300, of('L2')), wh(400, of('L3'))],
        end: [wh(800, of('L1')), wh(700, of('L2'))],
      },
      unknown,
    ],
    [
      'T10 only intervals: their sum',
      'CASE-T10-INTERVALS',
      { updates: [[wh(100, interval)], [wh(200, interval)]], end: [wh(300, interval)] },
      exactly(600),
    ],
    [
      'T10 only intervals, and one is missing',
      'CASE-T10-INTERVAL-LOST',
      { updates: [[wh(100, interval)], [wh(200, interval)]], end: [wh(300, interval)], lost: 'update' },
      unknown,
    ],
    ['T10 no register at all: null and flagged, never 0', 'CASE-T10-NOTHING', {}, unknown],
    [
      'T10 (relative) other measurands are no register',
      'CASE-T10-OTHER',
      {
        start: [wh(5, { measurand: 'Power.Active.Import' })],
        end: [wh(9, { measurand: 'Energy.Active.Export.Register' })],
      },
      unknown,
    ],
    [
      'T12 a register that falls: null and flagged',
      'CASE-T12',
      { start: [wh(5000)], end: [wh(40)] },
      { ...unknown, meter_start_wh: 5000, meter_stop_wh: 40 },
    ],
    [
      'T15 a unit in another place is read',
      'CASE-T15',
      {
        start: [{ value: 12.5, measurand: 'Energy.Active.Import.Register', unit: 'kWh' }],
        end: [{ value: 20.5, measurand: 'Energy.Active.Import.Register', unit: 'kWh' }],
      },
      exactly(8000),
    ],
    [
      'T15 (relative) a unit as text in the place of its object',
      'CASE-T15-TEXT',
      { start: [{ value: 12.5, unitOfMeasure: 'kWh' }], end: [{ value: 20.5, unitOfMeasure: 'kWh' }] },
      exactly(8000),
    ],
    [
      'T15 (relative) a multiplier in another place',
      'CASE-T15-MULTIPLIER',
      { start: [{ value: 12.5, unit: 'Wh', multiplier: 3 }], end: [{ value: 20.5, unit: 'Wh', multiplier: 3 }] },
      exactly(8000),
    ],
    [
      'T15 (relative) the multiplier where it belongs',
      'CASE-T15-RIGHT',
      {
        start: [{ value: 12.5, unitOfMeasure: { unit: 'Wh', multiplier: 3 } }],
        end: [{ value: 20.5, unitOfMeasure: { unit: 'Wh', multiplier: 3 } }],
      },
      exactly(8000),
    ],
  ])('%s', async (_, cpId, reported, outcome) => billed(cpId, reported, outcome));

  it.concurrent('T11 numbering that restarts: the register of the end outranks any update', async () => {
    const cpId = 'CASE-T11';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    for (const seqNo of [1, 2, 3]) await station.updated('tx', seqNo, { wh: 1000 * (seqNo + 1), timestamp: at(seqNo) });
    await station.reboot();
    await station.updated('tx', 0, { wh: 5000, timestamp: at(20) });
    await station.updated('tx', 1, { wh: 6000, timestamp: at(21) });
    await station.ended('tx', 2, { wh: 7000, timestamp: at(60) });
    await world().downstream.holds(cpId, [
      { transaction_id: 'tx', state: 'ended', energy_wh: 6000, meter_stop_wh: 7000, end_inferred: null },
    ]);
  });

  it.concurrent(
    'T11 (relative) an update that comes after the end, with a lower register, changes no energy',
    async () => {
      const cpId = 'CASE-T11-LATE';
      const station = await world().two(cpId);
      await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
      await station.ended('tx', 2, { wh: 7000, timestamp: at(60) });
      await station.updated('tx', 1, { wh: 4000, timestamp: at(30) });
      await station.updated('tx', 9, { wh: 6500, timestamp: at(59) });
      await world().downstream.holds(cpId, [{ transaction_id: 'tx', state: 'ended', energy_wh: 6000 }]);
    },
  );

  it.concurrent('T12 1.6: a register that falls is the same value everywhere, null and flagged', async () => {
    const cpId = 'CASE-T12-16';
    const charger = await world().sixteen(cpId);
    const id = await charger.start(1, 'CARD1', 5000);
    await charger.stop(id, 40);
    await world().downstream.holds(cpId, [
      { state: 'ended', energy_wh: null, energy_reason: expect.any(String), meter_start_wh: 5000, meter_stop_wh: 40 },
    ]);
  });

  it.concurrent('T12 (relative) 1.6: a stop that tells no register ends with the last reading', async () => {
    const cpId = 'CASE-T12-UNKNOWN';
    const charger = await world().sixteen(cpId);
    const id = await charger.start(1, 'CARD1', 1000, at(0));
    await charger.meter(1, id, 4000, at(30));
    await charger.call('StopTransaction', { transactionId: id, timestamp: at(60) });
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 3000 }]);
  });

  it.concurrent('T15 (relative) 1.6: a reading in the shape of 2.0.1 keeps its unit', async () => {
    const cpId = 'CASE-T15-16';
    const charger = await world().sixteen(cpId);
    const sampledValue = [{ value: '12.5', unitOfMeasure: { unit: 'kWh' } }];
    await charger.call('MeterValues', { connectorId: 1, meterValue: [{ timestamp: at(30), sampledValue }] });
    const kept = { value: 12_500, unit: 'Wh', raw_value: '12.5', raw_unit: 'kWh' };
    await until('the reading', async () =>
      expect(await charger.list('/meter-values')).toEqual([expect.objectContaining(kept)]),
    );
  });
}
