import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FieldRuleId } from '@ocpp-gw/ocpp-j';
import { Transactions, type TransactionRecord } from '@ocpp-gw/persistence';
import type { TestCharger } from './session/testdata/charger.ts';
import { Gateway } from './testdata/gateway.ts';
import type { Pod } from './testdata/pod.ts';

/* What chargers really do (notes 4), where it shows only when it is known which transaction a message means. */

let gateway: Gateway;

beforeAll(async () => {
  gateway = await Gateway.start('ws-edge-field-behaviours');
}, 180_000);

afterAll(async () => {
  await gateway?.reset();
  await gateway?.stop();
}, 60_000);

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const stored = async (cpId: string): Promise<TransactionRecord[]> =>
  (await new Transactions(gateway.database).list({ cpId, limit: 10 })).items;

describe.each(['lenient', 'strict'] as const)('%s', (tolerance) => {
  let pod: Pod;
  let charger: TestCharger;
  let cpId: string;

  beforeAll(async () => {
    pod = await gateway.pod({ EVEYS_OCPP_WS_TOLERANCE: tolerance });
  }, 60_000);

  async function connect(name: string, subprotocol: 'ocpp1.6' | 'ocpp2.0.1'): Promise<void> {
    cpId = `${name}-${tolerance}`;
    charger = await pod.connect(cpId, [subprotocol]);
    const model = { vendorName: 'V', model: 'M' };
    if (subprotocol === 'ocpp1.6') await charger.boot();
    else await charger.call('boot', 'BootNotification', { reason: 'PowerUp', chargingStation: model });
  }

  const met = (rule: FieldRuleId): object[] =>
    pod.lines.filter(
      ({ message, fields }) => message === 'field deviation' && fields['rule'] === rule && fields['cpId'] === cpId,
    );

  const start = async (idTag: string, meterStart: number, minutes: number): Promise<number> => {
    const request = { connectorId: 1, idTag, meterStart, timestamp: minutesAgo(minutes) };
    const { payload } = await charger.call(`start ${minutes}`, 'StartTransaction', request);
    return (payload as { transactionId: number }).transactionId;
  };
  const stop = (transactionId: number, meterStop: number, minutes: number, more: object = {}) =>
    charger.call(`stop ${minutes}`, 'StopTransaction', {
      transactionId,
      meterStop,
      timestamp: minutesAgo(minutes),
      ...more,
    });
  const event = (eventType: string, seqNo: number, minutes: number, wh: number) =>
    charger.call(`${eventType} ${minutes}`, 'TransactionEvent', {
      eventType,
      seqNo,
      triggerReason: 'Trigger',
      timestamp: minutesAgo(minutes),
      transactionInfo: { transactionId: '1' },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp: minutesAgo(minutes), sampledValue: [{ value: wh }] }],
    });

  it(`field behaviour 5: a StopTransaction of a transaction nobody saw (Wallbox, connectorio-addons#199) is answered, kept unassigned, and assigned once it fits one (${tolerance})`, async () => {
    await connect('UNSEEN', 'ocpp1.6');
    expect(await stop(-1, 3000, 30, { idTag: 'TAG' })).toMatchObject({
      payload: { idTagInfo: { status: 'Accepted' } },
    });
    expect(await stored(cpId)).toMatchObject([
      { state: 'ended', stationTransactionId: '-1', unassignedReason: 'no_transaction_fits', energyWh: null },
    ]);
    expect(met('stop-unassigned')).toMatchObject([{ level: 'warn', fields: { behaviour: 5 } }]);
    const transactionId = await start('TAG', 1000, 60);
    expect(await stored(cpId)).toMatchObject([
      { transactionId: String(transactionId), state: 'ended', energyWh: 2000, unassignedReason: null },
    ]);
  });

  it(`field behaviour 5: a stop for power loss, then the true one, corrects the end (${tolerance})`, async () => {
    await connect('TWICE', 'ocpp1.6');
    const transactionId = await start('TAG', 1000, 60);
    await stop(transactionId, 2000, 40, { reason: 'PowerLoss' });
    expect(met('transaction-corrected')).toEqual([]);
    expect(await stop(transactionId, 3000, 20)).toMatchObject({ payload: {} });
    expect(await stored(cpId)).toMatchObject([{ state: 'ended', energyWh: 2000, stopReason: 'Local', revision: 3 }]);
    expect(met('transaction-corrected')).toMatchObject([{ fields: { behaviour: 5 } }]);
  });

  it(`field behaviour 5: an Ended after the end corrects it (2.0.1, ${tolerance})`, async () => {
    await connect('ENDED', 'ocpp2.0.1');
    await event('Started', 0, 60, 1000);
    await event('Ended', 1, 40, 2000);
    expect(await event('Ended', 2, 20, 3000)).toMatchObject({ payload: {} });
    expect(await stored(cpId)).toMatchObject([{ state: 'ended', energyWh: 2000, revision: 3 }]);
    expect(met('transaction-corrected')).toMatchObject([{ fields: { behaviour: 5 } }]);
  });

  it(`field behaviour 6: a transactionId used again (T7) is a session of its own (2.0.1, ${tolerance})`, async () => {
    await connect('REUSED', 'ocpp2.0.1');
    await event('Started', 0, 60, 1000);
    await event('Ended', 1, 40, 2000);
    await event('Started', 0, 30, 2000);
    expect(await event('Ended', 1, 10, 5000)).toMatchObject({ payload: {} });
    expect(await stored(cpId)).toMatchObject([
      { transactionId: '1~2', stationTransactionId: '1', state: 'ended', energyWh: 3000 },
      { transactionId: '1', stationTransactionId: '1', state: 'ended', energyWh: 1000 },
    ]);
    expect(met('transaction-id-reused')).toMatchObject([{ fields: { behaviour: 6 } }]);
  });
});
