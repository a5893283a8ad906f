import { expect, it } from '@jest/globals';
import { GatewayClient } from '../grpc-client.ts';
import { until } from '../until.ts';
import { rest, TOKEN, type RestAnswer } from '../stack.ts';
import { at, type Payload, type Station201 } from './station.ts';
import { SUSPECT_SILENCE_S, type World } from './world.ts';

/** T6: ends that never come. */
export function ends(world: () => World): void {
  /** Which transactions the readings of this register belong to, once both are there. */
  const ownersOf = (cpId: string, wh: number): Promise<unknown[]> =>
    until('the idle readings', async () => {
      const { body } = await rest(world().stack, 'GET', `/charge-points/${cpId}/meter-values`);
      const owners = (body['items'] as Payload[])
        .filter(({ value }) => value === wh)
        .map((row) => row['transaction_id']);
      expect(owners).toHaveLength(2);
      return owners;
    });

  it.concurrent('T6 the stop that never comes: a newer start ends the session, a late stop corrects it', async () => {
    const cpId = 'CASE-T6';
    const { downstream } = world();
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'A', 1000, at(0));
    await charger.reboot();
    await charger.status(1, 'Available');
    const second = await charger.start(1, 'B', 4000, at(60));
    await charger.stop(second, 7000, { timestamp: at(90) });
    await charger.meter(1, 0, 9000, at(100));
    await charger.meter(1, -1, 9000, at(101));
    const [inferred] = await downstream.holds(cpId, [
      { id_token: 'A', state: 'ended', end_inferred: 'newer_start' },
      { id_token: 'B', state: 'ended', end_inferred: null, energy_wh: 3000 },
    ]);
    // Its own last register is its first: no energy is known, and none is anybody else's.
    expect([0, null]).toContain(inferred?.['energy_wh']);
    expect(downstream.calls(cpId, String(first)).at(-1)).toMatchObject({
      path: 'close',
      data: { end_inferred: 'newer_start' },
    });
    expect(await ownersOf(cpId, 9000)).toEqual([null, null]);
    await charger.stop(first, 3800, { timestamp: at(50) });
    await downstream.holds(cpId, [
      { id_token: 'A', state: 'ended', end_inferred: null, energy_wh: 2800 },
      { id_token: 'B', state: 'ended', end_inferred: null, energy_wh: 3000 },
    ]);
  });

  it.concurrent('T6 an end by inference takes the last register of its own session', async () => {
    const cpId = 'CASE-T6-READING';
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'A', 1000, at(0));
    await charger.meter(1, first, 2500, at(10));
    await charger.start(1, 'B', 4000, at(60));
    await world().downstream.holds(cpId, [
      { id_token: 'A', state: 'ended', end_inferred: 'newer_start', energy_wh: 1500, meter_stop_wh: 2500 },
      { id_token: 'B', state: 'active', end_inferred: null },
    ]);
  });

  it.concurrent('T6 (relative) a start on another connector ends nothing', async () => {
    const cpId = 'CASE-T6-CONNECTOR';
    const charger = await world().sixteen(cpId);
    await charger.start(1, 'A', 1000);
    await charger.start(2, 'B', 4000);
    await world().downstream.holds(cpId, [
      { id_token: 'A', state: 'active', suspect_since: null },
      { id_token: 'B', state: 'active', suspect_since: null },
    ]);
  });

  it.concurrent(
    'T6 a boot and an Available make a session suspect, not ended; its stop comes after the reboot',
    async () => {
      const cpId = 'CASE-T6-SUSPECT';
      const { downstream } = world();
      const charger = await world().sixteen(cpId);
      const id = await charger.start(1, 'A', 1000, at(0));
      await charger.reboot();
      await charger.status(1, 'Available');
      const suspect = { state: 'active', suspect_since: expect.any(String), suspect_reason: expect.any(String) };
      await downstream.holds(cpId, [suspect]);
      expect(await downstream.rest(cpId, '&suspect=true')).toEqual([expect.objectContaining({ id_token: 'A' })]);
      await charger.stop(id, 3000, { timestamp: at(40), reason: 'PowerLoss' });
      await downstream.holds(cpId, [{ state: 'ended', energy_wh: 2000, end_inferred: null, suspect_since: null }]);
      expect(await downstream.rest(cpId, '&suspect=true')).toEqual([]);
    },
  );

  it.concurrent('T6 (relative) a session that goes on after the reboot is not suspect any more', async () => {
    const cpId = 'CASE-T6-GOES-ON';
    const { downstream } = world();
    const charger = await world().sixteen(cpId);
    const id = await charger.start(1, 'A', 1000, at(0));
    await charger.reboot();
    await charger.status(1, 'Charging');
    await charger.meter(1, id, 2000, at(30));
    await downstream.holds(cpId, [{ state: 'active', suspect_since: null }]);
    await charger.stop(id, 5000, { timestamp: at(60) });
    await downstream.holds(cpId, [{ state: 'ended', energy_wh: 4000, end_inferred: null }]);
  });

  it.concurrent(
    'T6 (relative) a suspect of which nothing more is heard ends by silence',
    async () => {
      const cpId = 'CASE-T6-SILENCE';
      const { downstream } = world();
      const charger = await world().sixteen(cpId);
      const id = await charger.start(1, 'A', 1000, at(0));
      await charger.meter(1, id, 2500, at(10));
      await charger.reboot();
      await charger.status(1, 'Available');
      const ended = { state: 'ended', end_inferred: 'silence', energy_wh: 1500 };
      await until('the silence', async () => expect(await downstream.rest(cpId)).toMatchObject([ended]), 120_000);
      await downstream.holds(cpId, [ended]);
    },
    (SUSPECT_SILENCE_S + 180) * 1000,
  );

  const endBy = (cpId: string, id: unknown, body: object): Promise<RestAnswer> =>
    rest(world().stack, 'POST', `/charge-points/${cpId}/transactions/${String(id)}/end`, body);

  it.concurrent.each([
    ['with its last register', 'CASE-T6-OPERATOR', {}, { meter_stop_wh: 2500, energy_wh: 1500 }],
    [
      'with what the operator read',
      'CASE-T6-OPERATOR-READ',
      { meter_stop_wh: 3000, ended_at: at(40), reason: 'Other' },
      { meter_stop_wh: 3000, energy_wh: 2000, ended_at: at(40), stop_reason: 'Other' },
    ],
  ])('T6 an operator ends a transaction by REST, %s', async (_, cpId, body, outcome) => {
    const { downstream, stack } = world();
    const charger = await world().sixteen(cpId);
    const id = await charger.start(1, 'A', 1000, at(0));
    await charger.meter(1, id, 2500, at(10));
    expect(await endBy(cpId, id, body)).toMatchObject({
      status: 200,
      body: { state: 'ended', end_inferred: 'operator' },
    });
    await downstream.holds(cpId, [{ state: 'ended', end_inferred: 'operator', ...outcome }]);
    // Who ends what is on record.
    expect(stack.api.output).toContain(cpId);
    expect((await endBy(cpId, 'no-such', {})).status).toBe(404);
    await charger.stop(id, 4000, { timestamp: at(50) });
    await downstream.holds(cpId, [{ state: 'ended', end_inferred: null, energy_wh: 3000 }]);
  });

  it.concurrent('T6 an operator ends a transaction by gRPC', async () => {
    const cpId = 'CASE-T6-GRPC';
    const charger = await world().sixteen(cpId);
    const id = await charger.start(1, 'A', 1000, at(0));
    const client = new GatewayClient(world().stack.grpcAddress);
    const request = { cp_id: cpId, transaction_id: String(id), meter_stop_wh: 3000 };
    await client.call('EndTransaction', request, TOKEN).finally(() => client.close());
    await world().downstream.holds(cpId, [{ state: 'ended', end_inferred: 'operator', energy_wh: 2000 }]);
  });

  const asked = (station: Station201, answer: Payload): Payload[] => {
    const calls: Payload[] = [];
    station.answers('GetTransactionStatus', (payload) => {
      calls.push(payload);
      return answer;
    });
    return calls;
  };

  it.concurrent(
    'T6 (relative) 2.0.1: a station is asked about a transaction that a newer start speaks against',
    async () => {
      const cpId = 'CASE-T6-ASKED';
      const station = await world().two(cpId);
      const calls = asked(station, { ongoingIndicator: false, messagesInQueue: false });
      await station.started('old', 0, { tag: 'A', wh: 1000, timestamp: at(0) });
      await station.updated('old', 1, { wh: 2500, timestamp: at(10) });
      await station.started('new', 0, { tag: 'B', wh: 4000, timestamp: at(60) });
      await world().downstream.holds(cpId, [
        { transaction_id: 'old', state: 'ended', energy_wh: 1500, end_inferred: expect.any(String) },
        { transaction_id: 'new', state: 'active', end_inferred: null },
      ]);
      expect(calls.filter(({ transactionId }) => transactionId !== 'old')).toEqual([]);
    },
  );
}
