import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { booted } from '../booted-charger.ts';
import { GatewayClient } from '../grpc-client.ts';
import { until } from '../until.ts';
import { TOKEN, rest, type RestAnswer, type Stack } from '../stack.ts';

const CP_ID = 'GONE';
const RESET = { cp_id: CP_ID, type: 'RESET_TYPE_SOFT' };
/** gRPC codes. */
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;

/** Whoever does not wait for an answer takes back what has not been sent. */
export function callerGoneSuite(stack: () => Stack): void {
  let charger: FakeCharger;
  let grpc: GatewayClient;

  beforeAll(async () => {
    charger = await booted(stack().edgeUrls[1], CP_ID, 'ocpp1.6');
    charger.answer('GetLocalListVersion', () => ({ listVersion: 1 }));
    grpc = new GatewayClient(stack().grpcAddress);
    await until('the charger to be online', async () => {
      expect(await rest(stack(), 'GET', `/charge-points/${CP_ID}`)).toMatchObject({ body: { online: true } });
    });
  });
  afterAll(async () => {
    grpc?.close();
    await charger?.close();
  });

  const post = (command: string, body: object, signal?: AbortSignal): Promise<RestAnswer> =>
    rest(stack(), 'POST', `/charge-points/${CP_ID}/commands/${command}`, { timeout_s: 20, ...body }, TOKEN, signal);

  const ended = (outcome: string): Promise<number> =>
    stack().api.metric('eveys_ocpp_command_duration_seconds_count', `outcome="${outcome}"`);

  /** While the charger owes an answer, so that commands wait; then shows that nothing else has come to it. */
  const whileBusy = async (work: () => Promise<void>): Promise<void> => {
    charger.received.length = 0;
    const busy = post('unlock-connector', { evse_id: 1 });
    const [, id] = await charger.next();
    await work();
    charger.send([3, id, { status: 'Unlocked' }]);
    expect(await busy).toMatchObject({ status: 200 });
    expect(await post('get-local-list-version', {})).toMatchObject({ status: 200 });
    const actions = charger.received.filter(([type]) => type === 2).map(([, , action]) => action);
    expect(actions).toEqual(['UnlockConnector', 'GetLocalListVersion']);
  };

  /** Lets `command` get into the queue of the pod, takes it back, and waits until the pod has dropped it. */
  const takenBack = async (command: (signal: AbortSignal) => Promise<unknown>, failure: object): Promise<void> => {
    const before = await ended('cancelled');
    const caller = new AbortController();
    const failed = expect(command(caller.signal)).rejects.toMatchObject(failure);
    await sleep(300);
    caller.abort();
    await failed;
    await until('the command to be dropped', async () => expect(await ended('cancelled')).toBe(before + 1));
  };

  it('a command that waits is not sent once its REST connection is closed', () =>
    whileBusy(() => takenBack((signal) => post('reset', { type: 'Soft' }, signal), { name: 'AbortError' })));

  it('nor once its gRPC call is cancelled', () =>
    whileBusy(() => takenBack((signal) => grpc.call('Reset', RESET, TOKEN, { signal }), { code: CANCELLED })));

  it('nor once the deadline of its gRPC call has passed', () =>
    whileBusy(async () => {
      const call = grpc.call('Reset', RESET, TOKEN, { deadlineMs: 600 });
      await expect(call).rejects.toMatchObject({ code: DEADLINE_EXCEEDED });
    }));

  it('a command that has been sent goes on, and what the charger takes is mirrored', async () => {
    const caller = new AbortController();
    const expires_at = new Date(Date.now() + 600_000).toISOString();
    const reserve = { reservation_id: 77, evse_id: 1, id_token: 'TAG', expires_at };
    const failed = expect(post('reserve-now', reserve, caller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    const [, id, action] = await charger.next();
    expect(action).toBe('ReserveNow');
    caller.abort();
    await failed;
    await sleep(300);
    charger.send([3, id, { status: 'Accepted' }]);
    await until('the reservation', async () => {
      expect(await rest(stack(), 'GET', `/charge-points/${CP_ID}/reservations`)).toMatchObject({
        body: { items: [{ reservation_id: 77, state: 'active' }] },
      });
    });
  });
}
