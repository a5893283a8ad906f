import { expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { startMockBackend, type MockBackend } from '@ocpp-gw/mock-backend';
import { FakeCharger } from '@ocpp-gw/testing';
import { runBuilt } from '@ocpp-gw/rig';
import { until } from '../until.ts';
import { WEBHOOK_SECRET, type Stack } from '../stack.ts';
import { booted } from '../booted-charger.ts';
import { charging, session } from './charging.ts';
import { outboxRows } from './observer.ts';

export function backendAwaySuite(stack: () => Stack): void {
  it('uses the fallback for unknown id tokens, refuses no session, and delivers them later in order', async () => {
    const { edgeUrls, edges } = stack();
    const charger = await charging(edgeUrls[0], 'AWAY-BACKEND');
    expect(await charger.call('Authorize', { idTag: 'CACHED' })).toMatchObject({ idTagInfo: { status: 'Accepted' } });
    await stack().backend.stop();

    expect(await charger.call('Authorize', { idTag: 'CACHED' })).toMatchObject({ idTagInfo: { status: 'Accepted' } });
    expect(await charger.call('Authorize', { idTag: 'UNSEEN' })).toMatchObject({ idTagInfo: { status: 'Invalid' } });
    for (let n = 0; n < 3; n++) await session(charger, 'CACHED');
    await (await booted(edgeUrls[1], 'AWAY-BACKEND', 'ocpp1.6')).close();
    const stranger = await FakeCharger.connect({ url: edgeUrls[1], cpId: 'AWAY-BACKEND-NEW' });
    expect(
      await stranger.call('BootNotification', { chargePointVendor: 'Fake', chargePointModel: 'F1' }),
    ).toMatchObject({ status: 'Pending' });
    await stranger.close();
    expect(await outboxRows(stack(), 'backend')).toBe(6);
    await until('the outbox to show in the metrics', async () => {
      expect(await edges[0].metric('eveys_ocpp_outbox_rows', 'lane="backend"')).toBe(6);
    });

    const backend = await returned(stack());
    await until('the outbox to be empty', async () => expect(await outboxRows(stack(), 'backend')).toBe(0));
    const calls = backend.requests({ cp_id: 'AWAY-BACKEND' }).filter(({ path }) => path.includes('/sessions/'));
    expect(calls.map(({ path }) => path.split('/').at(-1))).toEqual(Array(3).fill(['open', 'close']).flat());
    expect(new Set(calls.map(({ idempotency_key }) => idempotency_key)).size).toBe(6);
    await charger.close();
  }, 60_000);

  it('keeps what the backend refused for good where operators see it, and delivers it again when they say so', async () => {
    const { backend, dataPlane, edges, edgeUrls } = stack();
    const charger = await charging(edgeUrls[0], 'REFUSED');
    backend.setAnswer(BACKEND_PATHS.sessionClose, { httpStatus: 422, body: {} });
    await session(charger);
    await until('the refused call to show in the metrics', async () => {
      expect(await edges[0].metric('eveys_ocpp_outbox_rows', 'lane="backend-dead"')).toBe(1);
    });
    backend.clear();
    const replayed = await runBuilt('libs/persistence/dist/dead-letters.js', ['replay', 'outbox', 'all'], {
      EVEYS_OCPP_DB_URL: dataPlane.postgresUrl,
    });
    expect(replayed).toMatch(/^outbox: 1 to be delivered again/);
    await until('the call at the backend', async () => {
      expect(backend.requests({ cp_id: 'REFUSED', path: BACKEND_PATHS.sessionClose })).toMatchObject([{ status: 200 }]);
    });
    await charger.close();
  }, 60_000);
}

/** The same backend, on the port it was on, and for whoever asks the stack from now on. */
async function returned(stack: Stack): Promise<MockBackend> {
  const port = Number(new URL(stack.backend.url).port);
  stack.backend = await startMockBackend({ host: '127.0.0.1', port, webhookSecret: WEBHOOK_SECRET });
  return stack.backend;
}
