import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CONSUMERS, TOPICS, type OcppMessage } from '@ocpp-gw/contracts';
import { EventConsumer } from '@ocpp-gw/kafka';
import { ChargePoints } from '@ocpp-gw/persistence';
import { eventually } from '@ocpp-gw/testing';
import { Gateway } from '../testdata/gateway.ts';

let gateway: Gateway;
let consumer: EventConsumer;
const published: (OcppMessage & { cpId: string })[] = [];
const of = (cpId: string) => published.filter((frame) => frame.cpId === cpId);

beforeAll(async () => {
  gateway = await Gateway.start('ws-edge-ledger');
  consumer = new EventConsumer({
    brokers: [gateway.plane.kafkaBrokers],
    clientId: 'spec',
    groupId: CONSUMERS.ingestor,
    topics: [TOPICS.message],
    onBatch: ({ messages }) => {
      for (const { event } of messages)
        if (event.payload?.$case === 'ocppMessage') published.push({ ...event.payload.value, cpId: event.cpId });
      return Promise.resolve();
    },
  });
  await consumer.start();
}, 180_000);

afterAll(async () => {
  await consumer?.stop();
  await gateway?.reset();
  await gateway?.stop();
}, 60_000);

it('publishes every frame of both directions, each answer with its CALL', async () => {
  const pod = await gateway.pod({ EVEYS_OCPP_WS_RECORDED_SHARE: '1' });
  const charger = await pod.connect('ALL', ['ocpp1.6']);
  await charger.call('1', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  for (let n = 2; n <= 50; n += 1) await charger.call(String(n), 'Heartbeat');
  charger.send('{"no": "OCPP"}');
  await pod.stop();
  const frames = await eventually(
    () => of('ALL'),
    ({ length }) => length >= 101,
  );
  expect(frames.map(({ number }) => number)).toEqual(frames.map((_, index) => index + 1));
  expect(frames.slice(0, 4)).toMatchObject([
    { direction: 'in', kind: 'call', action: 'BootNotification', messageId: '1' },
    { direction: 'out', kind: 'call_result', action: 'BootNotification', messageId: '1', outcome: 'result' },
    { direction: 'in', kind: 'call', action: 'Heartbeat' },
    { direction: 'out', kind: 'call_result', action: 'Heartbeat' },
  ]);
  expect(frames.filter(({ kind }) => kind === 'unreadable')).toMatchObject([{ raw: '{"no": "OCPP"}' }]);
}, 90_000);

it('begins and ends while the charge point is connected, as an operator asks, and goes on after a restart of the pod', async () => {
  const chargePoints = new ChargePoints(gateway.database);
  const talk = async (pod: Awaited<ReturnType<Gateway['pod']>>, until: () => boolean) => {
    const charger = await pod.connect('RECORDED', ['ocpp1.6']);
    await charger.call('b', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    await eventually(async () => {
      await charger.call('h', 'Heartbeat');
      return until();
    });
    return charger;
  };
  const pod = await gateway.pod();
  const charger = await talk(pod, () => true);
  expect(of('RECORDED')).toEqual([]);
  await chargePoints.update('recorded', { recordedUntil: new Date(Date.now() + 3_600_000) });
  await eventually(async () => {
    await charger.call('h', 'Heartbeat');
    return of('RECORDED').length > 0;
  });
  await pod.stop();
  const before = await eventually(
    () => of('RECORDED').length,
    (length) => length > 1,
  );
  const next = await gateway.pod();
  const again = await talk(next, () => of('RECORDED').length > before + 4);
  const other = await next.connect('OTHER', ['ocpp1.6']);
  // Its boot registers it.
  await other.call('b', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  await chargePoints.update('OTHER', { recordedUntil: new Date(Date.now() + 3_600_000) });
  await chargePoints.update('recorded', { recordedUntil: null });
  const ids = (cpId: string) => of(cpId).map(({ messageId }) => messageId);
  await eventually(async () => {
    const id = `last-${Date.now()}`;
    await again.call(id, 'Heartbeat');
    await other.call(id, 'Heartbeat');
    // A pod publishes frames in order, so that of the first would be there before that of the other.
    await eventually(() => ids('OTHER').includes(id), Boolean, 5_000);
    return !ids('RECORDED').includes(id);
  });
}, 90_000);
