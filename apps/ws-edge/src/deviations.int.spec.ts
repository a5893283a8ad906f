import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CONSUMERS, TOPICS, type FieldDeviated } from '@ocpp-gw/contracts';
import { EventConsumer } from '@ocpp-gw/kafka';
import { eventually } from '@ocpp-gw/testing';
import { Gateway } from './testdata/gateway.ts';

let gateway: Gateway;
let consumer: EventConsumer;
const published: FieldDeviated[] = [];

beforeAll(async () => {
  gateway = await Gateway.start('ws-edge-deviations');
  consumer = new EventConsumer({
    brokers: [gateway.plane.kafkaBrokers],
    clientId: 'spec',
    groupId: CONSUMERS.ingestor,
    topics: [TOPICS.deviation],
    onBatch: ({ messages }) => {
      for (const { event } of messages)
        if (event.payload?.$case === 'fieldDeviated') published.push(event.payload.value);
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

it('publishes how a charge point deviates: the first time soon, and the rest at the end of the connection', async () => {
  const pod = await gateway.pod();
  const charger = await pod.connect('ODD', ['OCPP1.6']);
  await charger.call('boot', 'BootNotification', {
    chargePointVendor: 'Vendor',
    chargePointModel: 'Model',
    firmwareVersion: 1.2,
  });
  const reading = { timestamp: new Date().toISOString(), sampledValue: [{ value: 7 }] };
  const measure = (id: string) => charger.call(id, 'MeterValues', { connectorId: 1, meterValue: [reading] });
  await measure('m1');
  const expected = {
    rule: 'number-for-text',
    direction: 'request',
    vendor: 'Vendor',
    model: 'Model',
    firmwareVersion: '1.2',
  };
  const soon = await eventually(
    () => published,
    ({ length }) => length === 3,
  );
  expect(soon).toContainEqual(
    expect.objectContaining({ action: '', rule: 'odd-subprotocol', direction: 'connection' }),
  );
  for (const action of ['BootNotification', 'MeterValues'])
    expect(soon).toContainEqual(expect.objectContaining({ ...expected, action, count: 1 }));

  for (let n = 0; n < 20; n++) await measure(`again ${n}`);
  await charger.wire.close();
  const last = await eventually(
    () => published,
    ({ length }) => length > 3,
  );
  expect(last.slice(3)).toEqual([expect.objectContaining({ ...expected, action: 'MeterValues', count: 20 })]);
  expect(new Set(last.map(({ connectionId }) => connectionId)).size).toBe(1);
}, 90_000);
