import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { eventually } from '@ocpp-gw/testing';
import { BackendError } from '../backend/errors.ts';
import { RelayFleet, type Receiver } from './testdata/fleet.ts';

const count = (n: number) => Array.from({ length: n }, (_, index) => index);

/** A backend whose answer to each call is up to the test, and what it took. */
class FakeBackend implements Receiver {
  readonly circuit = { admitsInMs: 0, probing: false };
  readonly taken = new Map<string, number[]>();
  answer: (cpId: string, n: number) => Promise<void> | void = () => undefined;

  async deliver(_path: string, cpId: string, data: object): Promise<void> {
    const { n } = data as { n: number };
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
    await this.answer(cpId, n);
    this.taken.set(cpId, [...(this.taken.get(cpId) ?? []), n]);
  }

  /** Each once: at least once is what is promised. */
  of(cpId: string): number[] {
    return [...new Set(this.taken.get(cpId))];
  }
}

describe('from commit to the backend', () => {
  let fleet: RelayFleet;
  let backend: FakeBackend;

  beforeAll(async () => {
    fleet = await RelayFleet.start('relay-backend');
  }, 120_000);

  afterEach(() => fleet.reset());

  afterAll(() => fleet?.stop());

  const away = (): never => {
    throw new BackendError('status', 'not now', { retriable: true, status: 503 });
  };
  const retries = () => sqlOf(fleet.database).query('SELECT cp_id FROM outbox_retries');

  it('takes up where another pod left off with chargers that wait, in order', async () => {
    backend = new FakeBackend();
    backend.answer = (cpId) => (cpId.startsWith('A') ? away() : undefined);
    const first = await fleet.pod('first', backend);
    for (const n of count(5)) for (const cpId of ['A1', 'A2', 'B1']) await first.call(cpId, n);
    await eventually(() => backend.of('B1').length === 5);
    await eventually(async () => {
      const held = await sqlOf(fleet.database).query('SELECT id FROM outbox WHERE held');
      return held.length === 10 && (await retries()).length === 2;
    });
    await first.kill();
    const second = await fleet.pod('second', backend);
    await second.call('A1', 5);
    backend.answer = () => undefined;
    await fleet.emptied();
    expect([backend.of('A1'), backend.of('A2'), backend.of('B1')]).toEqual([count(6), count(5), count(5)]);
    await eventually(async () => (await retries()).length === 0);
  }, 60_000);

  it('delivers a call that was set aside and is given back, also where its charger waits', async () => {
    backend = new FakeBackend();
    backend.answer = (_cpId, n) => {
      if (n === 0) throw new BackendError('status', 'never', { retriable: false, status: 422 });
    };
    const pod = await fleet.pod('pod', backend);
    await pod.call('D', 0);
    await eventually(async () => (await fleet.outbox.depth('backend-dead')).rows === 1);
    backend.answer = away;
    await pod.call('D', 1);
    await eventually(async () => (await retries()).length === 1);
    await fleet.outbox.putBack('all');
    backend.answer = () => undefined;
    await fleet.emptied();
    expect(backend.of('D').toSorted()).toEqual([0, 1]);
  }, 60_000);

  it('loses and reorders nothing of 200 chargers while calls fail, hang and pods are killed', async () => {
    backend = new FakeBackend();
    backend.answer = async () => {
      const chance = Math.random();
      if (chance < 0.2) away();
      if (chance > 0.98) await new Promise((resolve) => setTimeout(resolve, 500));
    };
    const chargers = count(200).map((n) => `C${n}`);
    const each = 6;
    const pods = [await fleet.pod('pod-0', backend), await fleet.pod('pod-1', backend)] as const;
    const speaking = Promise.all(
      chargers.map(async (cpId, index) => {
        for (const n of count(each)) {
          await pods[(index + n) % 2 === 0 ? 0 : 1].call(cpId, n);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_000));
        }
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await fleet.pod('pod-2', backend);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await pods[0].kill();
    await fleet.cut('pod-2');
    await speaking;
    backend.answer = () => undefined;
    await fleet.emptied();
    for (const cpId of chargers) expect([cpId, backend.of(cpId)]).toEqual([cpId, count(each)]);
  }, 120_000);
});
