import { afterEach, describe, expect, it } from '@jest/globals';
import { again, misbehavioursOf, send, type Misbehaviour } from '@ocpp-gw/charger-sim';
import { eventually } from '@ocpp-gw/testing';
import { Random } from '../random.ts';
import { Charger, type ChargerOptions } from './charger.ts';
import { FakeCsms, type HeardCall, type Reply } from './testdata/fake-csms.ts';

type Respond = (call: HeardCall, heard: readonly HeardCall[]) => Reply | undefined;

const USUAL: Record<string, Reply> = {
  BootNotification: { status: 'Accepted', interval: 300, currentTime: '2026-11-30T05:00:00Z' },
  Authorize: { idTagInfo: { status: 'Accepted' }, idTokenInfo: { status: 'Accepted' } },
  StartTransaction: { transactionId: 42, idTagInfo: { status: 'Accepted' } },
};

const REPEAT_ALL: Misbehaviour = {
  name: 'repeat',
  kind: 'order',
  does: 'Every message is sent twice.',
  script: () => (message) => [send(message), again(message)],
};

describe('Charger', () => {
  let csms: FakeCsms | undefined;
  let charger: Charger | undefined;

  afterEach(async () => {
    await charger?.stop();
    await csms?.stop();
  });

  function chargerAt(url: string, more: Partial<ChargerOptions> = {}): Charger {
    return new Charger({
      cpId: 'CHAOS-0005',
      protocol: '1.6',
      misbehaviours: [],
      misbehaves: false,
      access: { urls: [url] },
      random: new Random(1),
      paceMs: 5,
      observe: { lost: () => undefined, back: () => undefined, refused: () => undefined, retried: () => undefined },
      ...more,
    });
  }

  async function begin(
    respond: Respond = () => undefined,
    more: Partial<ChargerOptions> = {},
  ): Promise<{ csms: FakeCsms; charger: Charger }> {
    csms = await FakeCsms.start((call, heard) => respond(call, heard) ?? USUAL[call.action] ?? {});
    charger = chargerAt(csms.url, more);
    charger.start();
    return { csms, charger };
  }

  /** Its first session, acknowledged to the end. */
  async function session(...args: Parameters<typeof begin>): Promise<{ csms: FakeCsms; charger: Charger }> {
    const both = await begin(...args);
    await eventually(() => both.charger.acknowledged.some(({ kind }) => kind === 'ended'));
    both.charger.finish();
    await eventually(() => !both.charger.waiting && both.charger.isOpen);
    return both;
  }

  it('records a 1.6 session under the number it was answered', async () => {
    const { charger, csms } = await session();
    const first = charger.acknowledged.slice(0, charger.acknowledged.findIndex(({ kind }) => kind === 'ended') + 1);
    expect(first.map(({ kind }) => kind)).toEqual(['started', ...first.slice(2).map(() => 'meter'), 'ended']);
    expect(new Set(first.map(({ transactionId }) => transactionId))).toEqual(new Set(['42']));
    expect(csms.of('MeterValues')[0]?.payload).toMatchObject({ transactionId: 42 });
    expect(charger.complaints).toEqual([]);
  });

  it('records a 2.0.1 session by number, each event with its readings', async () => {
    const { charger } = await session(undefined, { protocol: '2.0.1' });
    const first = charger.acknowledged.slice(0, charger.acknowledged.findIndex(({ kind }) => kind === 'ended') + 1);
    expect(first.map(({ seqNo }) => seqNo)).toEqual(first.map((_, index) => index));
    expect([first[0]?.registerWh, first.at(-1)?.registerWh]).toEqual([
      first[0]?.samples[0]?.wh,
      first.at(-1)?.samples[0]?.wh,
    ]);
    const registers = first.flatMap(({ samples }) => samples.map(({ wh }) => wh));
    expect(registers).toEqual(registers.toSorted((one, other) => one - other));
  });

  it('sends again what was answered with an error, before anything later, and records it once', async () => {
    const retries: string[] = [];
    const isFirst = ({ action }: HeardCall, heard: readonly HeardCall[]): boolean =>
      action === 'StartTransaction' && heard.filter((call) => call.action === action).length === 1;
    const { charger, csms } = await session((call, heard) => (isFirst(call, heard) ? 'error' : undefined), {
      observe: {
        lost: () => undefined,
        back: () => undefined,
        refused: () => undefined,
        retried: (why) => retries.push(why),
      },
    });
    const [first, second] = csms.of('StartTransaction');
    expect(second?.payload).toEqual(first?.payload);
    expect(retries).toEqual(['InternalError']);
    const meters = csms.heard.findIndex(({ action }) => action === 'MeterValues');
    expect(meters).toBeGreaterThan(csms.heard.indexOf(second as HeardCall));
    const ended = charger.acknowledged.findIndex(({ kind }) => kind === 'ended');
    expect(charger.acknowledged.slice(0, ended).filter(({ kind }) => kind === 'started')).toHaveLength(1);
  });

  it('comes back by itself and sends again what the connection took with it, without another boot', async () => {
    const away: number[] = [];
    const isFirst = ({ action, payload }: HeardCall, heard: readonly HeardCall[]): boolean =>
      action === 'TransactionEvent' &&
      payload['seqNo'] === 0 &&
      heard.filter((call) => call.payload['seqNo'] === 0).length === 1;
    const { csms } = await session((call, heard) => (isFirst(call, heard) ? 'hang up' : undefined), {
      protocol: '2.0.1',
      observe: {
        lost: () => undefined,
        back: (ms) => away.push(ms),
        refused: () => undefined,
        retried: () => undefined,
      },
    });
    const [first, second] = csms.of('TransactionEvent');
    expect(second?.payload).toEqual(first?.payload);
    expect(csms.of('BootNotification')).toHaveLength(1);
    expect(away).toEqual([expect.any(Number)]);
  });

  it('complains when a repeated start is answered another number', async () => {
    let next = 0;
    const respond: Respond = ({ action }) =>
      action === 'StartTransaction' ? { transactionId: (next += 1), idTagInfo: { status: 'Accepted' } } : undefined;
    const { charger } = await session(respond, { misbehaviours: [REPEAT_ALL] });
    expect(charger.complaints[0]).toMatchObject({ cpId: 'CHAOS-0005', kind: 'changed' });
  });

  it('records a message once, however often it is sent', async () => {
    const { charger, csms } = await session(undefined, { protocol: '2.0.1', misbehaviours: [REPEAT_ALL] });
    const seqNos = charger.acknowledged.map(({ transactionId, seqNo }) => `${transactionId} ${seqNo}`);
    expect(new Set(seqNos).size).toBe(seqNos.length);
    expect(csms.of('TransactionEvent')).toHaveLength(2 * seqNos.length);
  });

  it('remembers each DataTransfer that came, and how it answered', async () => {
    const { charger, csms } = await begin();
    await eventually(() => charger.isOpen);
    await csms.call('1', 'DataTransfer', { vendorId: 'chaos', data: 'm1' });
    await csms.call('2', 'DataTransfer', { vendorId: 'chaos', data: 'm1' });
    const { transferred } = charger;
    expect(transferred.map(({ marker }) => marker)).toEqual(['m1', 'm1']);
    for (const { answered } of transferred) expect(['Accepted', 'Rejected', 'CALLERROR']).toContain(answered);
  });

  it('complains of what nobody acknowledged', async () => {
    const { charger, csms } = await begin(({ action }) => (action === 'StartTransaction' ? 'silence' : undefined));
    await eventually(() => csms.of('StartTransaction').length > 0);
    expect(charger.complaints.map(({ kind }) => kind)).toEqual(['idle', 'undelivered']);
    expect(charger.acknowledged).toEqual([]);
  });

  it('does sessions in its own way where it misbehaves, and logs who charged what', async () => {
    const { charger, csms } = await begin(undefined, {
      misbehaviours: misbehavioursOf(['repeat-stop']),
      misbehaves: true,
    });
    await eventually(() => charger.truth.filter(({ kind }) => kind === 'session').length >= 2);
    charger.finish();
    await eventually(() => !charger.waiting && charger.isOpen);
    const sessions = charger.truth.filter((entry) => entry.kind === 'session');
    expect(csms.of('StartTransaction')).toHaveLength(sessions.length);
    expect(csms.of('StopTransaction')).toHaveLength(2 * sessions.length);
    expect(new Set(sessions.map(({ idToken }) => idToken)).size).toBe(sessions.length);
    expect(charger.acknowledged).toEqual([]);
    expect(charger.complaints).toEqual([]);
  });

  it('tries every address, and complains, by its misbehaviours, of what it could not do', async () => {
    const refusals: string[] = [];
    charger = chargerAt('ws://127.0.0.1:1', {
      misbehaviours: misbehavioursOf(['kwh']),
      misbehaves: true,
      access: { urls: ['ws://127.0.0.1:1', 'ws://127.0.0.1:2'] },
      observe: {
        lost: () => undefined,
        back: () => undefined,
        refused: (why) => refusals.push(why),
        retried: () => undefined,
      },
    });
    charger.start();
    await eventually(() => refusals.length >= 2);
    expect(new Set(refusals)).toEqual(new Set(['ECONNREFUSED']));
    expect(charger.complaints.map(({ kind }) => kind)).toEqual(['idle', 'disconnected']);
    expect(charger.complaints[0]?.what).toMatch(/\(kwh\); last trouble: connection failed/);
  });
});
