import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { FakeCharger } from '@ocpp-gw/testing';
import { rest, type Stack } from '../stack.ts';

/** Registration belongs to the station: the backend's word holds across connections, and decides what is let through (1.6 section 4.2). */
export function registrationSuite(stack: () => Stack): void {
  const words = new Map<string, string>();

  beforeAll(() =>
    stack().backend.setAnswer(BACKEND_PATHS.register, ({ cp_id }) => ({
      body: { status: words.get(cp_id) ?? 'Accepted', heartbeat_interval_s: 60 },
    })),
  );
  afterAll(() => stack().backend.setAnswer(BACKEND_PATHS.register));

  const connect = (cpId: string): Promise<FakeCharger> =>
    FakeCharger.connect({ url: stack().edgeUrls[0], cpId, protocols: ['ocpp1.6'] });
  const boot = (charger: FakeCharger): Promise<Record<string, unknown>> =>
    charger.call('BootNotification', { chargePointVendor: 'Fake', chargePointModel: 'F1' });
  const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
  const start = { connectorId: 1, idTag: 'REG', meterStart: 0, timestamp: new Date().toISOString() };
  const post = (path: string, body: unknown): ReturnType<typeof rest> =>
    rest(stack(), 'POST', `/charge-points/${path}`, body);

  describe('a Pending charge point', () => {
    const cpId = 'REG-PENDING';
    let charger: FakeCharger;

    beforeAll(async () => {
      words.set(cpId, 'Pending');
      charger = await connect(cpId);
      expect(await boot(charger)).toMatchObject({ status: 'Pending', interval: 60 });
    });
    afterAll(() => charger.close());

    it('is configured and triggered, and what it was asked for is taken', async () => {
      charger.answer('TriggerMessage', () => ({ status: 'Accepted' }));
      charger.answer('ChangeConfiguration', () => ({ status: 'Accepted' }));
      expect(
        await post(`${cpId}/commands/trigger-message`, { requested_message: 'StatusNotification', evse_id: 1 }),
      ).toMatchObject({ status: 200, body: { status: 'Accepted' } });
      expect(await charger.call('StatusNotification', status)).toEqual({});
      expect(
        await post(`${cpId}/commands/change-configuration`, { key: 'HeartbeatInterval', value: '60' }),
      ).toMatchObject({ status: 200 });
    });

    it('may not start, by itself or remotely', async () => {
      await expect(charger.call('StartTransaction', start)).rejects.toMatchObject({ code: 'SecurityError' });
      expect(await post(`${cpId}/commands/remote-start`, { id_token: 'REG' })).toMatchObject({ status: 409 });
    });

    it('is Pending on its next connection too, and Accepted once the backend says so at a boot', async () => {
      await charger.close();
      charger = await connect(cpId);
      await expect(charger.call('StartTransaction', start)).rejects.toMatchObject({ code: 'SecurityError' });
      words.set(cpId, 'Accepted');
      expect(await boot(charger)).toMatchObject({ status: 'Accepted' });
      expect(await charger.call('StartTransaction', start)).toMatchObject({ transactionId: expect.any(Number) });
    });
  });

  it('sends nothing to a Rejected charge point, and answers it SecurityError', async () => {
    const cpId = 'REG-REJECTED';
    words.set(cpId, 'Rejected');
    const charger = await connect(cpId);
    expect(await boot(charger)).toMatchObject({ status: 'Rejected' });
    await expect(charger.call('StatusNotification', status)).rejects.toMatchObject({ code: 'SecurityError' });
    const answer = await post(`${cpId}/commands/get-configuration`, {});
    expect(answer).toMatchObject({ status: 409 });
    expect(charger.unread).toEqual([]);
    await charger.close();
  });

  it('needs no boot after a reconnect of an Accepted charge point', async () => {
    const cpId = 'REG-RECONNECT';
    const first = await connect(cpId);
    await boot(first);
    await first.close();
    const again = await connect(cpId);
    expect(await again.call('StatusNotification', status)).toEqual({});
    await again.close();
  });
}
