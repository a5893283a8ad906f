import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../random.ts';
import { Charger } from './charger.ts';
import { dialect16 } from './dialect-v16.ts';
import { dialect201 } from './dialect-v201.ts';
import type { Dialect } from './message.ts';
import { FakeCsms, type HeardCall, type Reply } from './testdata/fake-csms.ts';

describe('Charger', () => {
  let csms: FakeCsms | undefined;
  let charger: Charger | undefined;

  afterEach(async () => {
    await charger?.stop();
    await csms?.stop();
  });

  /** A charger's first session, with the CSMS answering by `reply` where it says something. */
  async function session(
    dialect: Dialect,
    reply: (call: HeardCall, heard: readonly HeardCall[]) => Reply | undefined = () => undefined,
    repeated = 0,
  ): Promise<{ csms: FakeCsms; charger: Charger; retries: string[] }> {
    const usual: Record<string, Reply> = {
      BootNotification: { status: 'Accepted' },
      StartTransaction: { transactionId: 42 },
    };
    csms = await FakeCsms.start((call, heard) => reply(call, heard) ?? usual[call.action] ?? {});
    const retries: string[] = [];
    charger = new Charger({
      cpId: 'CP1',
      dialect,
      door: { urls: [csms.url] },
      random: new Random(1),
      paceMs: 5,
      repeated,
      observe: { back: () => undefined, refused: () => undefined, retried: (why) => retries.push(why) },
    });
    charger.start();
    while (!charger.acknowledged.some(({ kind }) => kind === 'ended')) await delay(5);
    charger.finish();
    while (charger.waiting > 0) await delay(5);
    return { csms, charger, retries };
  }

  it('books a 1.6 session under the number it was answered', async () => {
    const { charger, csms } = await session(dialect16);
    const first = charger.acknowledged.slice(0, charger.acknowledged.findIndex(({ kind }) => kind === 'ended') + 1);
    expect(first.map(({ kind }) => kind)).toEqual(['started', ...first.slice(2).map(() => 'meter'), 'ended']);
    expect(new Set(first.map(({ transactionId }) => transactionId))).toEqual(new Set(['42']));
    expect(csms.of('MeterValues')[0]?.payload).toMatchObject({ transactionId: 42 });
    expect(charger.complaints).toEqual([]);
  });

  it('books a 2.0.1 session by number, each event with its reading', async () => {
    const { charger } = await session(dialect201);
    const first = charger.acknowledged.slice(0, charger.acknowledged.findIndex(({ kind }) => kind === 'ended') + 1);
    expect(first.map(({ seqNo }) => seqNo)).toEqual(first.map((_, index) => index));
    const registers = first.map(({ samples }) => samples[0]?.wh ?? NaN);
    expect(registers).toEqual(registers.toSorted((one, other) => one - other));
  });

  it('sends again what was answered with an error, before anything later', async () => {
    const { charger, csms, retries } = await session(dialect16, ({ action }, heard) =>
      action === 'StartTransaction' && heard.filter((call) => call.action === action).length === 1
        ? 'error'
        : undefined,
    );
    const [first, second] = csms.of('StartTransaction');
    expect(second?.payload).toEqual(first?.payload);
    expect(retries[0]).toBe('InternalError');
    expect(csms.heard.findIndex(({ action }) => action === 'MeterValues')).toBeGreaterThan(
      csms.heard.indexOf(second as HeardCall),
    );
    expect(charger.acknowledged.filter(({ kind }) => kind === 'started')[0]?.transactionId).toBe('42');
  });

  it('comes back by itself and sends again what the connection took with it, without another boot', async () => {
    const { csms } = await session(dialect201, ({ action, payload }, heard) =>
      action === 'TransactionEvent' &&
      payload['seqNo'] === 0 &&
      heard.filter((call) => call.payload['seqNo'] === 0).length === 1
        ? 'hang up'
        : undefined,
    );
    const [first, second] = csms.of('TransactionEvent');
    expect(second?.payload).toEqual(first?.payload);
    expect(csms.of('BootNotification')).toHaveLength(1);
  });

  it('boots until it is accepted', async () => {
    const { csms } = await session(dialect16, ({ action }, heard) =>
      action === 'BootNotification' && heard.length === 1 ? { status: 'Pending' } : undefined,
    );
    expect(csms.of('BootNotification')).toHaveLength(2);
  });

  it('complains when a repeated start is answered another number', async () => {
    let next = 0;
    const { charger } = await session(
      dialect16,
      ({ action }) => (action === 'StartTransaction' ? { transactionId: (next += 1) } : undefined),
      1,
    );
    expect(charger.complaints[0]).toMatchObject({ cpId: 'CP1', kind: 'changed' });
  });

  it('books a message once, however often it is sent', async () => {
    const { charger, csms } = await session(dialect201, undefined, 1);
    const seqNos = charger.acknowledged.map(({ transactionId, seqNo }) => `${transactionId} ${seqNo}`);
    expect(new Set(seqNos).size).toBe(seqNos.length);
    expect(csms.of('TransactionEvent')).toHaveLength(2 * seqNos.length);
  });

  it('takes DataTransfer and nothing else, and remembers each that came', async () => {
    const { charger, csms } = await session(dialect16);
    expect(await csms.call('1', 'DataTransfer', { vendorId: 'chaos', data: 'm1' })).toEqual([
      3,
      '1',
      { status: 'Accepted' },
    ]);
    await csms.call('2', 'DataTransfer', { vendorId: 'chaos', data: 'm1' });
    expect((await csms.call('3', 'Reset', { type: 'Soft' })).slice(0, 3)).toEqual([4, '3', 'NotImplemented']);
    expect(charger.transferred).toEqual(['m1', 'm1']);
  });

  it('complains of what nobody acknowledged', async () => {
    csms = await FakeCsms.start(({ action }) => (action === 'BootNotification' ? { status: 'Accepted' } : 'silence'));
    charger = new Charger({
      cpId: 'CP1',
      dialect: dialect16,
      door: { urls: [csms.url] },
      random: new Random(1),
      paceMs: 5,
      repeated: 0,
      observe: { back: () => undefined, refused: () => undefined, retried: () => undefined },
    });
    charger.start();
    while (csms.of('StartTransaction').length === 0) await delay(5);
    expect(charger.complaints).toContainEqual(
      expect.objectContaining({
        kind: 'undelivered',
        what: expect.stringMatching(/messages wait, first StartTransaction/),
      }),
    );
    expect(charger.complaints).toContainEqual(expect.objectContaining({ kind: 'idle' }));
    expect(charger.acknowledged).toEqual([]);
  });
});
