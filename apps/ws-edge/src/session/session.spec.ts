import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import { eventually } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEnd } from './outbound-queue.ts';
import type { Session } from './session.ts';
import { passTime, startTime, stopTime } from './testdata/clock.ts';
import { TestEdge, type TestEdgeOptions } from './testdata/edge.ts';

let edge: TestEdge | undefined;

async function start(options?: TestEdgeOptions): Promise<TestEdge> {
  edge = await TestEdge.start(options);
  return edge;
}

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

function session(cpId: string): Session {
  const found = edge?.sessions.get(cpId);
  if (!found) throw new Error(`${cpId} has no session`);
  return found;
}

const clear = (cpId: string, ms = 60_000): Promise<CallEnd> => session(cpId).call('ClearCache', {}, Date.now() + ms);
const heartbeat = (id: string): unknown => [2, id, 'Heartbeat', {}];

describe('inbound', () => {
  it('answers after the effects are committed', async () => {
    const order: string[] = [];
    const { committed } = await start({
      commit: async () => {
        await sleep(10);
        order.push('committed');
      },
    });
    const charger = await edge!.connect('CP1');
    expect(await charger.boot()).toMatchObject({ result: 'boot', payload: { status: 'Accepted', interval: 60 } });
    order.push('answered');
    expect(order).toEqual(['committed', 'answered']);
    expect(committed).toMatchObject([{ kind: 'stationBooted' }]);
    expect(session('CP1').state.registration).toBe('Accepted');
  });

  it('answers slow and fast CALLs in the order they came', async () => {
    await start({ commit: () => sleep(30) });
    const charger = await edge!.connect('CP1');
    charger.send([2, 'slow', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }]);
    charger.send(heartbeat('fast'));
    expect([(await charger.next()).result, (await charger.next()).result]).toEqual(['slow', 'fast']);
  });

  it.each([
    ['broken JSON with a legible id', '[2,"1","Heartbeat"', { error: '1', code: 'FormationViolation' }],
    ['an unknown action', [2, '1', 'MakeCoffee', {}], { error: '1', code: 'NotImplemented' }],
    ['an action of the other direction', [2, '1', 'ClearCache', {}], { error: '1', code: 'NotSupported' }],
    [
      'a missing field',
      [2, '1', 'StatusNotification', { connectorId: 1 }],
      { error: '1', code: 'OccurenceConstraintViolation' },
    ],
    ['a payload that is no object', [2, '1', 'Heartbeat', 'now'], { error: '1', code: 'FormationViolation' }],
  ])('answers %s in 1.6 and keeps the socket (notes 2.4)', async (_what, frame, answer) => {
    await start();
    const charger = await edge!.connect('CP1');
    charger.send(frame);
    expect(await charger.next()).toMatchObject(answer);
    expect(await charger.call('2', 'Heartbeat')).toMatchObject({ result: '2', payload: {} });
  });

  it.each([
    ['an action in another letter case', '[2,"1","heartBeat ",{}]', 'enum-letter-case'],
    ['stray commas', '[,2,"1","Heartbeat",{},]', 'json-comma-stray'],
    ['a number as C prints it', '[2,"1","Heartbeat",{"load":-nan}]', 'json-number-invalid'],
    ['a list for a message without fields', '[2,"1","Heartbeat",[]]', 'list-length'],
    ['a message in a list of one', '[2,"1","Heartbeat",[{}]]', 'object-for-array'],
    ['a message in a text', '[2,"1","Heartbeat","{}"]', 'other-shape'],
    [
      'data nested without end',
      `[2,"1","Heartbeat",{"customData":{"vendorId":"V","x":${'['.repeat(1_000)}${']'.repeat(1_000)}}}]`,
      'field-senseless',
    ],
  ] as const)('reads %s, and counts it', async (_what, frame, rule) => {
    await start();
    const charger = await edge!.connect('CP1', ['ocpp2.0.1']);
    charger.send(frame);
    expect(await charger.next()).toMatchObject({ result: '1', payload: { currentTime: expect.any(String) } });
    expect(await edge!.metric('deviations', { protocol: 'ocpp2.0.1', rule })).toBe(1);
    expect(await charger.call('2', 'Heartbeat')).toMatchObject({ result: '2' });
  });

  it('answers unreadable frames of 2.0.1 under id -1, and drops those of 1.6', async () => {
    await start();
    const old = await edge!.connect('CP1');
    old.send('{nope');
    expect(await old.call('after', 'Heartbeat')).toMatchObject({ result: 'after' });
    const young = await edge!.connect('CP2', ['ocpp2.0.1']);
    young.send('{nope');
    expect(await young.next()).toMatchObject({ error: '-1', code: 'RpcFrameworkError' });
    expect(await edge!.metric('malformedFrames', { protocol: 'ocpp1.6' })).toBe(1);
  });

  it.each([
    ['an unknown message type', [9, '1'], { error: '1', code: 'MessageTypeNotSupported' }],
    ['an id that is too long', [2, 'x'.repeat(256), 'Heartbeat', {}], { error: '-1', code: 'RpcFrameworkError' }],
    ['an array that is no message', ['Heartbeat'], { code: 'RpcFrameworkError' }],
    ['an unknown action', [2, '1', 'MakeCoffee', {}], { error: '1', code: 'NotImplemented' }],
    ['an action of the other direction', [2, '1', 'ClearCache', {}], { error: '1', code: 'NotSupported' }],
    ['a missing field', [2, '1', 'Authorize', {}], { error: '1', code: 'OccurrenceConstraintViolation' }],
    ['a payload that is no object', [2, '1', 'Heartbeat', 'now'], { error: '1', code: 'FormatViolation' }],
  ])('answers %s in 2.0.1 and keeps the socket (notes 2.4)', async (_what, frame, answer) => {
    await start();
    const charger = await edge!.connect('CP1', ['ocpp2.0.1']);
    charger.send(frame);
    expect(await charger.next()).toMatchObject(answer);
    expect(await charger.call('2', 'Heartbeat')).toMatchObject({ result: '2' });
  });

  it('F1 reads a frame with a NUL behind it', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    charger.send('[2,"1","Heartbeat",{}]\0');
    expect(await charger.next()).toMatchObject({ result: '1' });
  });

  it('F2 echoes a message id that is a number, or has 255 characters', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    for (const id of [17, 'x'.repeat(255)]) {
      charger.send([2, id, 'Heartbeat', {}]);
      expect(await charger.next()).toMatchObject({ result: id });
    }
  });

  it('S1 serves others while one charger sends a megabyte of unknown fields', async () => {
    await start({ server: { maxFrameBytes: 1024 * 1024 } });
    const [bad, good] = [await edge!.connect('CP1'), await edge!.connect('CP2')];
    const fields = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`k${index}`, 1]));
    bad.send([2, 'bad', 'Heartbeat', fields]);
    expect(await good.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    expect(await bad.next()).toMatchObject({ result: 'bad' });
  });

  it('survives any text', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    charger.send('['.repeat(8000));
    charger.send(`[2,"1","Heartbeat",${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}]`);
    for (const text of fc.sample(fc.oneof(fc.json(), fc.string({ unit: 'grapheme' })), 200)) charger.send(text);
    charger.send(heartbeat('last'));
    for (;;) if ((await charger.next()).result === 'last') break;
    expect(edge!.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('passes over empty frames', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    charger.send('');
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
  });

  it('answers InternalError when the commit fails, and the next CALL normally', async () => {
    let fail = true;
    await start({ commit: () => (fail ? Promise.reject(new Error('database down')) : Promise.resolve()) });
    const charger = await edge!.connect('CP1');
    const { code, description } = await charger.boot();
    expect(code).toBe('InternalError');
    expect(description).not.toMatch(/database/);
    expect(session('CP1').state.registration).toBeNull();
    fail = false;
    expect(await charger.boot()).toMatchObject({ result: 'boot', payload: { status: 'Accepted' } });
  });

  it('refuses a Pending station with SecurityError (B02.FR.09)', async () => {
    await start({ registration: 'Pending' });
    const charger = await edge!.connect('CP1');
    await charger.boot();
    expect(await charger.call('1', 'Authorize', { idTag: 'TAG' })).toMatchObject({ error: '1', code: 'SecurityError' });
  });

  it('asks of the charger what was decided once the answer has left (K15)', async () => {
    const profile: SettableChargingProfile = {
      chargingProfileId: 1,
      stackLevel: 0,
      purpose: 'TxProfile',
      kind: 'Relative',
      schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16 }] },
    };
    const { sessions } = await start({ answers: { chargingNeeds: { status: 'Accepted', profile } } });
    const charger = await edge!.connect('CP1', ['ocpp2.0.1']);
    sessions.followedBy((asking, commands) => {
      expect(commands).toEqual([{ kind: 'SetChargingProfile', evseId: 1, chargingProfile: profile }]);
      void asking.call('ClearCache', {}, Date.now() + 60_000);
    });
    const needs = { requestedEnergyTransfer: 'DC' };
    expect(await charger.call('1', 'NotifyEVChargingNeeds', { evseId: 1, chargingNeeds: needs })).toMatchObject({
      result: '1',
      payload: { status: 'Accepted' },
    });
    const { call, action } = await charger.next();
    expect(action).toBe('ClearCache');
    // The charger may go on before it answers: the inbound lane does not wait for what follows.
    expect(await charger.call('2', 'Heartbeat')).toMatchObject({ result: '2' });
    charger.send([3, call, { status: 'Accepted' }]);
    expect(await edge!.metric('deviations', { rule: 'command-before-first-message' })).toBe(0);
  });

  it('takes of a Pending station of 2.0.1 what it was asked to send, and nothing else (B02)', async () => {
    await start({ registration: 'Pending' });
    const charger = await edge!.connect('CP1', ['ocpp2.0.1']);
    const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
    await charger.call('boot', 'BootNotification', boot);
    const report = { requestId: 1, seqNo: 0, generatedAt: '2026-01-01T00:00:00Z' };
    expect(await charger.call('1', 'NotifyReport', report)).toMatchObject({ error: '1', code: 'SecurityError' });
    session('CP1').state.expect('NotifyReport');
    expect(await charger.call('2', 'NotifyReport', report)).toMatchObject({ result: '2' });
    expect(await charger.call('3', 'Heartbeat')).toMatchObject({ error: '3', code: 'SecurityError' });
  });

  it('closes with 1009 on a frame beyond the limit', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    charger.send('x'.repeat(20_000));
    expect(await charger.closed).toMatchObject({ code: 1009 });
  });

  it('closes with 1003 on a binary frame', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    charger.wire.sendRaw(Buffer.from('[2,"1","Heartbeat",{}]'));
    expect(await charger.closed).toMatchObject({ code: 1003 });
  });

  it('closes with 1007 on text that is no UTF-8', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    charger.wire.sendRaw(Buffer.from([0xff, 0xfe]), false);
    expect(await charger.closed).toMatchObject({ code: 1007 });
  });

  it('answers a burst completely, pausing the socket meanwhile', async () => {
    await start({ commit: () => sleep(1) });
    const charger = await edge!.connect('CP1');
    for (let i = 0; i < 300; i++) charger.send(heartbeat(String(i)));
    const answers = [];
    for (let i = 0; i < 300; i++) answers.push((await charger.next()).result);
    expect(answers).toEqual(Array.from({ length: 300 }, (_, i) => String(i)));
    expect(await edge!.metric('throttled')).toBeGreaterThan(0);
  });

  it('closes with 1008 who goes on sending too much', async () => {
    await start({
      settings: {
        inbound: { pauseAt: 4, overflowAt: 16, rate: { perSecond: 50, burst: 1 }, throttleLimitMs: 60 },
      },
    });
    const charger = await edge!.connect('CP1');
    for (let i = 0; i < 200; i++) charger.send(heartbeat(String(i)));
    expect(await charger.closed).toMatchObject({ code: 1008 });
    expect(edge!.logger.lines.map(({ message }) => message)).toContain('charger sends too much, closing');
  });

  it('logs few of many malformed frames', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    for (let i = 0; i < 50; i++) charger.send('{nope');
    await charger.call('1', 'Heartbeat');
    expect(edge!.logger.lines.filter(({ message }) => message === 'malformed frame')).toHaveLength(10);
  });

  it('counts accepted deviations by rule and unknown actions under one label', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    await charger.call('1', 'Heartbeat', { vendorExtra: 1 });
    await charger.call('2', 'Invented');
    expect(await edge!.metric('deviations', { protocol: 'ocpp1.6', rule: 'unknown-property' })).toBe(1);
    const actions = (await edge!.metrics.calls.get()).values.map(({ labels }) => labels.action);
    expect(actions).toContain('other');
    expect(actions).not.toContain('Invented');
  });
});

describe('outbound', () => {
  it('speaks after the charger has spoken and got its answer', async () => {
    await start({ settings: { firstMessageGraceMs: 60_000 }, commit: () => sleep(20) });
    const charger = await edge!.connect('CP1');
    const ended = clear('CP1');
    charger.send([2, 'boot', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }]);
    expect(await charger.next()).toMatchObject({ result: 'boot' });
    const { call: id, action } = await charger.next();
    expect(action).toBe('ClearCache');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    charger.send([3, id, { status: 'Accepted' }]);
    expect(await ended).toMatchObject({ kind: 'result', payload: { status: 'Accepted' } });
  });

  it('speaks to a silent charger after the grace period', async () => {
    await start({ settings: { firstMessageGraceMs: 30 } });
    const startedAt = performance.now();
    const charger = await edge!.connect('CP1');
    const ended = clear('CP1');
    const { call: id } = await charger.next();
    expect(performance.now() - startedAt).toBeGreaterThan(20);
    charger.send([4, id, 'NotSupported', 'no', {}]);
    expect(await ended).toMatchObject({ kind: 'callerror', code: 'NotSupported', description: 'no' });
  });

  it('F3 ends a command at once when its answer is broken, and sends the next', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    await charger.call('0', 'Heartbeat');
    const [first, second] = [clear('CP1'), clear('CP1')];
    const { call: id } = await charger.next();
    const broken = `[3,"${id}",{"configurationKey":[`;
    charger.send(broken);
    expect(await first).toEqual({ kind: 'unreadable', text: broken });
    const { call: next } = await charger.next();
    charger.send(`[4,"${next}","GenericError`);
    expect(await second).toMatchObject({ kind: 'unreadable' });
    expect(await edge!.metric('deviations', { protocol: 'ocpp1.6', rule: 'mangled-error' })).toBe(2);
  });

  it('hears an answer that repeats the action before its payload', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    await charger.call('0', 'Heartbeat');
    const answered = clear('CP1');
    const { call: id } = await charger.next();
    charger.send([3, id, 'ClearCache', { status: 'Accepted' }]);
    expect(await answered).toMatchObject({ kind: 'result', payload: { status: 'Accepted' } });
  });

  it('answers heartbeats while a command is pending, and commands while a CALL is handled', async () => {
    await start({ commit: () => sleep(100) });
    const charger = await edge!.connect('CP1');
    await charger.call('0', 'Heartbeat');
    const first = clear('CP1');
    const { call: commandId } = await charger.next();
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    charger.send([2, 'slow', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }]);
    charger.send([3, commandId, { status: 'Accepted' }]);
    expect(await first).toMatchObject({ kind: 'result' });
    expect(await charger.next()).toMatchObject({ result: 'slow' });
  });

  it('sends one at a time and refuses what its queue cannot hold', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    await charger.call('0', 'Heartbeat');
    const ends = [clear('CP1'), clear('CP1'), clear('CP1')];
    expect(await clear('CP1')).toEqual({ kind: 'full' });
    for (let i = 0; i < 3; i++) {
      const { call: id } = await charger.next();
      expect(charger.wire.unread).toHaveLength(0);
      charger.send([3, id, { status: 'Accepted' }]);
    }
    expect((await Promise.all(ends)).map(({ kind }) => kind)).toEqual(['result', 'result', 'result']);
  });

  it('ends a command at its deadline and drops the late answer', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    await charger.call('0', 'Heartbeat');
    expect(await clear('CP1', 30)).toMatchObject({ kind: 'timeout' });
    const { call: id } = await charger.next();
    charger.send([3, id, { status: 'Accepted' }]);
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    expect(await edge!.metric('unmatchedAnswers')).toBe(1);
  });

  it('ends sent and queued commands at once when the charger leaves', async () => {
    await start();
    const charger = await edge!.connect('CP1');
    await charger.call('0', 'Heartbeat');
    const ends = [clear('CP1'), clear('CP1')];
    await charger.next();
    charger.wire.terminate();
    expect(await Promise.all(ends)).toEqual([
      { kind: 'disconnected', sent: true },
      { kind: 'disconnected', sent: false },
    ]);
  });
});

describe('liveness', () => {
  const pulse = { pingIntervalMs: 100, silentIntervals: 3, heartbeatMs: 20 };

  beforeEach(stopTime);
  afterEach(startTime);

  it('drops a peer that is silent for several intervals', async () => {
    await start({ settings: { pulse } });
    const charger = await edge!.connect('CP1', ['ocpp1.6'], { client: { autoPong: false } });
    passTime(300);
    expect(session('CP1').ended).toBe(false);
    passTime(100);
    expect(await charger.closed).toMatchObject({ code: 1006 });
  });

  it('keeps a peer that answers pings', async () => {
    await start({ settings: { pulse } });
    const charger = await edge!.connect('CP1');
    const silence = (): number => Date.now() - session('CP1').lastSeen;
    for (let i = 0; i < 6; i++) {
      passTime(100);
      await eventually(() => silence() < 100);
    }
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
  });

  it('keeps a peer that answers no ping and sends heartbeats (notes 4.20)', async () => {
    await start({ settings: { pulse } });
    const charger = await edge!.connect('CP1', ['ocpp1.6'], { client: { autoPong: false } });
    for (let i = 0; i < 12; i++) {
      expect(await charger.call(String(i), 'Heartbeat')).toMatchObject({ result: String(i) });
      passTime(50);
    }
  });
});

describe('drain', () => {
  it('lets the running CALL and the open command end, then closes with 1001', async () => {
    const begun = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    await start({
      commit: ([effect]) => {
        if (effect?.kind !== 'stationBooted') return Promise.resolve();
        begun.resolve();
        return held.promise;
      },
    });
    const charger = await edge!.connect('CP1');
    await charger.call('0', 'Heartbeat');
    const command = clear('CP1');
    const { call: commandId } = await charger.next();
    charger.send([2, 'boot', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }]);
    await begun.promise;
    const drained = edge!.sessions.drain(0);
    await eventually(() => session('CP1').draining);
    held.resolve();
    expect(await charger.next()).toMatchObject({ result: 'boot', payload: { status: 'Accepted' } });
    charger.send([3, commandId, { status: 'Accepted' }]);
    expect(await command).toMatchObject({ kind: 'result' });
    expect(await charger.closed).toMatchObject({ code: 1001 });
    await drained;
  });

  it('spreads the closing over the window', async () => {
    await start();
    const chargers = await Promise.all(['A', 'B', 'C', 'D'].map((cpId) => edge!.connect(cpId)));
    const startedAt = performance.now();
    const drained = edge!.sessions.drain(4_000);
    const ends = await Promise.all(chargers.map(({ closed }) => closed.then(() => performance.now() - startedAt)));
    await drained;
    expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(1_000);
  });
});
