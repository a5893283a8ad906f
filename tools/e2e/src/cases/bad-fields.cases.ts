import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { at, transactionEvent, type Payload } from './station.ts';
import type { World } from './world.ts';

/** An Ended that is good: 4000 Wh after a start of 1000. */
const goodEnd = (): Payload =>
  transactionEvent('Ended', 'tx', 1, {
    triggerReason: 'EVDeparted',
    tag: 'ALICE',
    evse: { id: 1, connectorId: 1 },
    meterValue: [
      {
        timestamp: at(60),
        sampledValue: [{ value: 5000, context: 'Transaction.End', unitOfMeasure: { unit: 'Wh' } }],
      },
    ],
  });

type Path = readonly (string | number)[];

/** The same with one field otherwise; undefined takes it out. */
function withField(payload: Payload, [head = '', ...rest]: Path, value: unknown): Payload {
  const copy = (Array.isArray(payload) ? [...(payload as unknown[])] : { ...payload }) as Payload;
  copy[head] = rest.length ? withField((copy[head] ?? {}) as Payload, rest, value) : value;
  return copy;
}

const sample: Path = ['meterValue', 0, 'sampledValue', 0];
const signature = { signedMeterData: 'T0NNRg==', signingMethod: '', encodingMethod: 'OCMF' };

const ODD: [string, Path, unknown][] = [
  ['seqNo as text', ['seqNo'], '1'],
  ['seqNo missing', ['seqNo'], undefined],
  ['seqNo null', ['seqNo'], null],
  ['seqNo with decimals', ['seqNo'], 1.5],
  ['idToken.type unknown', ['idToken', 'type'], 'RFID'],
  ['idToken.type missing', ['idToken', 'type'], undefined],
  ['idToken as text', ['idToken'], 'ALICE'],
  ['idToken null', ['idToken'], null],
  ['an over-long token', ['idToken', 'idToken'], 'ALICE'.repeat(20)],
  ['a token that is a number', ['idToken', 'idToken'], 12345678],
  ['additionalInfo without type', ['idToken', 'additionalInfo'], [{ additionalIdToken: 'X' }]],
  ['triggerReason missing', ['triggerReason'], undefined],
  ['triggerReason unknown', ['triggerReason'], 'BecauseOfMe'],
  ['triggerReason a number', ['triggerReason'], 4],
  ['evse.id as text', ['evse', 'id'], '1'],
  ['evse as number', ['evse'], 1],
  ['evse without id', ['evse'], { connectorId: 1 }],
  ['evse.connectorId as text', ['evse', 'connectorId'], '1'],
  ['customData without vendorId', ['customData'], { note: 1 }],
  ['customData without vendorId in transactionInfo', ['transactionInfo', 'customData'], {}],
  ['customData that is text', ['customData'], 'x'],
  ['signedMeterValue without publicKey', [...sample, 'signedMeterValue'], signature],
  ['signedMeterValue as text', [...sample, 'signedMeterValue'], 'T0NNRg=='],
  [
    'over-long signed data',
    [...sample, 'signedMeterValue'],
    { ...signature, publicKey: 'A', signedMeterData: 'A'.repeat(3000) },
  ],
  ['unitOfMeasure as text', [...sample, 'unitOfMeasure'], 'Wh'],
  ['multiplier as text', [...sample, 'unitOfMeasure', 'multiplier'], '0'],
  ['the value as text', [...sample, 'value'], '5000'],
  ['context unknown', [...sample, 'context'], 'The.End'],
  ['measurand in another letter case', [...sample, 'measurand'], 'energy.active.import.register'],
  [
    'one reading in place of a list',
    ['meterValue'],
    goodEnd()['meterValue'] instanceof Array ? (goodEnd()['meterValue'] as unknown[])[0] : null,
  ],
  ['timestamp missing', ['timestamp'], undefined],
  ['timestamp a number', ['timestamp'], Math.floor(Date.parse(at(60)) / 1000)],
  ['timestamp without meaning', ['timestamp'], 'yesterday'],
  ['offline as text', ['offline'], 'false'],
  ['offline as number', ['offline'], 0],
  ['numberOfPhasesUsed as text', ['numberOfPhasesUsed'], '3'],
  ['numberOfPhasesUsed beyond its range', ['numberOfPhasesUsed'], 9],
  ['cableMaxCurrent with decimals', ['cableMaxCurrent'], 31.5],
  ['reservationId as text', ['reservationId'], '7'],
  ['stoppedReason unknown', ['transactionInfo', 'stoppedReason'], 'WentHome'],
  ['stoppedReason a number', ['transactionInfo', 'stoppedReason'], 3],
  ['chargingState in lower case', ['transactionInfo', 'chargingState'], 'idle'],
  ['timeSpentCharging as text', ['transactionInfo', 'timeSpentCharging'], '360'],
  ['timeSpentCharging with decimals', ['transactionInfo', 'timeSpentCharging'], 360.25],
  ['remoteStartId null', ['transactionInfo', 'remoteStartId'], null],
  ['eventType in lower case', ['eventType'], 'ended'],
  ['an unknown field', ['vendorThing'], { x: [1] }],
];

/** T14: one bad field costs no bill. */
export function badFields(world: () => World): void {
  it.concurrent.each(ODD)(
    'T14 one bad field: an Ended with %s ends its session with its energy',
    async (name, path, value) => {
      const cpId = `CASE-T14-${ODD.findIndex(([other]) => other === name)}`;
      const station = await world().two(cpId);
      await station.started('tx', 0, { tag: 'ALICE', wh: 1000 });
      await station.call('TransactionEvent', withField(goodEnd(), path, value));
      await world().downstream.holds(cpId, [
        { transaction_id: 'tx', state: 'ended', id_token: 'ALICE', energy_wh: 4000, end_inferred: null },
      ]);
    },
  );

  it.concurrent.each<[string, string, unknown, string]>([
    ['longer than 36 characters', 'CASE-T14-LONG', 'T'.repeat(50), 'T'.repeat(50)],
    ['a number', 'CASE-T14-NUMBER', 4711, '4711'],
  ])('T14 (relative) a transactionId that is %s names its transaction', async (_, cpId, transactionId, read) => {
    const station = await world().two(cpId);
    const info = { transactionId };
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, info });
    await station.ended('tx', 1, { wh: 5000, info });
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 4000, station_transaction_id: read }]);
  });

  it.concurrent.each<[string, string, Path, unknown]>([
    ['Started', 'CASE-T14-STARTED', ['triggerReason'], undefined],
    ['Updated', 'CASE-T14-UPDATED', ['seqNo'], '1'],
  ])('T14 (relative) a bad field in an %s costs nothing either', async (type, cpId, path, value) => {
    const station = await world().two(cpId);
    const odd = (eventType: string, seqNo: number, wh: number): Promise<Payload> => {
      const evse = { id: 1, connectorId: 1 };
      const good = transactionEvent(eventType, 'tx', seqNo, { triggerReason: 'Authorized', evse, tag: 'ALICE', wh });
      return station.call('TransactionEvent', eventType === type ? withField(good, path, value) : good);
    };
    await odd('Started', 0, 1000);
    await odd('Updated', 1, 3000);
    await odd('Ended', 2, 5000);
    await world().downstream.holds(cpId, [{ state: 'ended', id_token: 'ALICE', energy_wh: 4000, missing_seq_nos: [] }]);
  });

  it.concurrent('T14 strict goes on refusing what the specification refuses', async () => {
    const cpId = 'CASE-T14-STRICT';
    await world().strict(cpId);
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000 });
    for (const [path, value] of [
      [['seqNo'], '1'],
      [['triggerReason'], undefined],
      [['customData'], { note: 1 }],
    ] as [Path, unknown][])
      await expect(station.call('TransactionEvent', withField(goodEnd(), path, value))).rejects.toMatchObject({
        code: expect.stringMatching(/Violation$/),
      });
    await world().downstream.holds(cpId, [{ state: 'active', energy_wh: null }]);
  });

  it.concurrent('T14 (relative) one odd event among a hundred of a NotifyEvent costs that one', async () => {
    const cpId = 'CASE-T14-EVENTS';
    const station = await world().two(cpId);
    const eventData = Array.from({ length: 100 }, (_, index) => ({
      eventId: index,
      timestamp: at(1),
      trigger: 'Delta',
      eventNotificationType: 'HardWiredNotification',
      component: index === 50 ? 7 : { name: 'Connector', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'Temperature' },
      actualValue: String(index),
    }));
    const payload = { generatedAt: at(1), seqNo: 0, tbc: false, eventData };
    expect(await station.call('NotifyEvent', payload)).toEqual({});
    const others = Array.from({ length: 100 }, (_, index) => index).filter((index) => index !== 50);
    await until('the other events', async () => {
      const numbers = (await station.list('/station-events?limit=500')).map((event) => Number(event['event_number']));
      expect(numbers.filter((number) => number !== 50).sort((one, other) => one - other)).toEqual(others);
    });
  });

  it.concurrent('T14 (relative) one odd item of a NotifyReport costs that one', async () => {
    const cpId = 'CASE-T14-REPORT';
    const station = await world().two(cpId);
    const datum = (name: string): Payload => ({
      component: { name: 'OCPPCommCtrlr' },
      variable: { name },
      variableAttribute: [{ value: '1' }],
    });
    const reportData = [
      datum('HeartbeatInterval'),
      { component: 7, variable: { name: 'Odd' } },
      datum('RetryBackOffRepeatTimes'),
    ];
    const part = { requestId: 5, generatedAt: at(1), seqNo: 0, tbc: false, reportData };
    expect(await station.call('NotifyReport', part)).toEqual({});
    expect(await station.list('/variables')).toHaveLength(2);
  });
}
