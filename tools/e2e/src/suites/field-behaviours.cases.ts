import { describe, expect, it } from '@jest/globals';
import { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import { until } from '../until.ts';
import { rest, type Stack } from '../stack.ts';

/**
 * Frames as they were found in the field, against the running edge: taken or refused, counted by rule, logged once a
 * connection.
 */
export function fieldBehavioursSuite(stack: () => Stack): void {
  const counted = async (rule: string): Promise<number> => {
    const metrics = await stack().edges[0].metrics();
    const line = new RegExp(`^eveys_ocpp_ws_deviations_total\\{protocol="ocpp1.6",rule="${rule}"\\} (\\d+)$`, 'm');
    return Number(line.exec(metrics)?.[1] ?? 0);
  };
  const logged = (cpId: string, rule: string): number =>
    stack()
      .edges[0].output.split('\n')
      .filter((line) => line.includes('field deviation') && line.includes(`"${cpId}"`) && line.includes(`"${rule}"`))
      .length;

  /** AEFA (lbbrhzn/ocpp#2032): every MeterValues lacks the value of transactionId, and its times their offset. */
  const aefa = (id: string): string =>
    `[2,"${id}","MeterValues",{"connectorId":1,"transactionId":,"meterValue":[{"timestamp":"${new Date().toISOString().slice(0, -1)}",` +
    `"sampledValue":[{"value":"604.213","unit":"kWh"}]}]}]`;

  it('takes the broken meter values of a lenient charger, counts each and tells of it once', async () => {
    const cpId = 'FIELD-AEFA';
    const before = await counted('json-value-missing');
    const charger = await booted(stack().edgeUrls[0], cpId, 'ocpp1.6');
    for (const id of ['a', 'b', 'c']) {
      charger.sendRaw(aefa(id));
      expect(await charger.next()).toEqual([3, id, {}]);
    }
    expect(await counted('json-value-missing')).toBe(before + 3);
    await until('the log to tell', async () => {
      expect(logged(cpId, 'json-value-missing')).toBe(1);
      expect(logged(cpId, 'timestamp-without-offset')).toBe(1);
    });
    await until('the readings to be there', async () => {
      const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}/meter-values`);
      expect(body['items']).toContainEqual(
        expect.objectContaining({ value: 604213, unit: 'Wh', raw_value: '604.213', raw_unit: 'kWh' }),
      );
    });
    await charger.close();
  });

  it('tells of it again on the next connection', async () => {
    const cpId = 'FIELD-AGAIN';
    for (const connection of [1, 2]) {
      const charger = await booted(stack().edgeUrls[0], cpId, 'ocpp1.6');
      charger.sendRaw(aefa('a'));
      await charger.next();
      await charger.close();
      await until('the log to tell', async () => expect(logged(cpId, 'json-value-missing')).toBe(connection));
    }
  });

  it('refuses the same of a strict one, and keeps the socket', async () => {
    const cpId = 'FIELD-STRICT';
    await rest(stack(), 'PUT', `/charge-points/${cpId}`, { security_profile: 0, tolerance: 'strict' });
    const charger = await booted(stack().edgeUrls[0], cpId, 'ocpp1.6');
    charger.sendRaw(aefa('a'));
    expect(await charger.next()).toEqual([4, 'a', 'FormationViolation', expect.any(String), {}]);
    expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
    await charger.close();
  });

  describe('a transaction of a charger that never learnt its id', () => {
    it('is stopped by -1, with an int64 in its meter values, and billed once', async () => {
      const cpId = 'FIELD-MINUS-ONE';
      const charger = await booted(stack().edgeUrls[0], cpId, 'ocpp1.6');
      const began = Date.now() - 600_000;
      const at = (minute: number): string => new Date(began + minute * 60_000).toISOString();
      const start = { connectorId: 1, idTag: 'FIELD', meterStart: 1000, timestamp: at(0), reservationId: 0 };
      const first = await charger.call('StartTransaction', start);
      expect(await charger.call('StartTransaction', start)).toEqual(first);
      charger.sendRaw(
        `[2,"m","MeterValues",{"connectorId":1,"transactionId":9223372036854775807,"meterValue":{"timestamp":"${at(1)}",` +
          `"sampledValue":[{"value":1500}]}}]`,
      );
      expect(await charger.next()).toEqual([3, 'm', {}]);
      expect(await charger.call('StopTransaction', { transactionId: -1, meterStop: 3500, timestamp: at(5) })).toEqual(
        {},
      );
      const { body } = await rest(stack(), 'GET', `/transactions?cp_id=${cpId}`);
      expect(body['items']).toEqual([
        expect.objectContaining({
          transaction_id: String(first['transactionId']),
          state: 'ended',
          energy_wh: 2500,
        }),
      ]);
      await charger.close();
    });
  });

  it('lets in a charger without a subprotocol once the operator says that it means 1.6', async () => {
    const cpId = 'FIELD-GRIZZL-E';
    const knock = (): Promise<FakeCharger> => FakeCharger.connect({ url: stack().edgeUrls[0], cpId, protocols: [] });
    await rest(stack(), 'PUT', `/charge-points/${cpId}`, { security_profile: 0 });
    await expect(knock()).rejects.toMatchObject({ status: 400 });
    await rest(stack(), 'PUT', `/charge-points/${cpId}`, { assume_ocpp16: true });
    const charger = await until('the handshake to know', knock);
    expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
    await charger.close();
  });
}
