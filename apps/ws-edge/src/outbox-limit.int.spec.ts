import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@ocpp-gw/testing';
import { Gateway } from './testdata/gateway.ts';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await Gateway.start('ws-edge-outbox-limit');
}, 180_000);

afterAll(async () => {
  await gateway?.reset();
  await gateway?.stop();
}, 60_000);

it('hears an error where the outbox is full, so that nothing is lost, until what it waits for is back', async () => {
  const pod = await gateway.pod({ EVEYS_OCPP_KAFKA_BROKERS: '127.0.0.1:1', EVEYS_OCPP_WS_OUTBOX_MAX_ROWS: '4' });
  const charger = await pod.connect('FULL');
  await charger.boot();
  let sent = 0;
  const status = () =>
    charger.call(`status ${(sent += 1)}`, 'StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status: sent % 2 ? 'Available' : 'Preparing',
    });
  await eventually(status, (answer) => answer.error === `status ${sent}`);
  expect(await status()).toMatchObject({ code: 'InternalError' });
  expect(await charger.call('beat', 'Heartbeat')).toMatchObject({ result: 'beat' });

  // A pod that finds Kafka takes the relay over.
  await gateway.pod();
  await eventually(status, (answer) => answer.result === `status ${sent}`);
}, 90_000);
