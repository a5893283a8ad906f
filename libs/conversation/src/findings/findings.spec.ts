import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Talk, VERSIONS } from '../testdata/talk.ts';
import { findingsOf } from './findings.ts';

type Json = Readonly<Record<string, unknown>>;

describe.each(VERSIONS)('findings in OCPP %s', (version) => {
  const talk = () => new Talk(version);

  it('are none in a clean session', () => {
    const clean = talk().boot().status('Available').wait(300).heartbeat().session().wait(280).heartbeat();
    const [first, last] = [clean.messages[0], clean.messages.at(-1)];
    expect(clean.found()).toEqual({});
    expect(
      clean.found({
        now: last?.at ?? new Date(0),
        connections: [{ connectionId: 'c1', openedAt: first?.at ?? new Date(0) }],
        sessions: [{ transactionId: '7', startedAt: new Date(0), quality: ['unit_assumed'], energyWh: 1050 }],
        handshakesRefused: [],
        deviations: [],
        heartbeatIntervalS: 300,
      }),
    ).toEqual({});
  });

  it('are none in a session that runs while the charge point is connected', () => {
    const running = talk().boot().authorize().start().wait(60).reading({ wh: 1100 }).wait(30);
    const [first] = running.messages;
    const connections = [{ connectionId: 'c1', openedAt: first?.at ?? new Date(0) }];
    expect(running.found({ now: running.now, connections })).toEqual({});
  });

  it('are none in an empty conversation', () => {
    expect(findingsOf({ messages: [] })).toEqual([]);
    expect(findingsOf({ messages: [], now: new Date(0), connections: [], sessions: [] })).toEqual([]);
  });

  it('name their frames, and how often and when something occurred', () => {
    const refusals = talk().boot().authorize('CARD0001', 'Blocked').wait(20).authorize('CARD0002', 'Invalid');
    const [finding] = findingsOf({ messages: refusals.messages });
    expect(finding).toMatchObject({
      id: 'failed-authorization',
      severity: 'warning',
      title: 'Id tokens are refused',
      count: 2,
      since: refusals.messages[2]?.at,
      until: refusals.messages[4]?.at,
      details: ['Authorize was answered Blocked', 'Authorize was answered Invalid'],
    });
    expect(finding?.frames.map(({ index, direction, action }) => [index, direction, action])).toEqual([
      [2, 'in', 'Authorize'],
      [3, 'out', 'Authorize'],
      [4, 'in', 'Authorize'],
      [5, 'out', 'Authorize'],
    ]);
  });

  it('name a bounded number of frames and details', () => {
    const refusals = talk().boot();
    for (let i = 0; i < 30; i += 1) refusals.authorize(`CARD${i}`, 'Blocked');
    const [finding] = findingsOf({ messages: refusals.messages }, { maxFrames: 3 });
    expect(finding).toMatchObject({ count: 30, details: ['Authorize was answered Blocked'] });
    expect(finding?.frames).toHaveLength(3);
  });

  it('come with the most severe first', () => {
    const both = talk().boot().authorize('CARD0001', 'Blocked').wait(5).status('Faulted', 'GroundFailure');
    expect(Object.keys(both.found())).toEqual(['connector-fault', 'failed-authorization']);
  });

  it('never fail on a frame that is damaged', () => {
    const whole = talk().boot().session().messages;
    for (const [i, message] of whole.entries()) {
      const damaged = whole.with(i, { ...message, raw: message.raw.slice(0, -5) });
      expect(() => findingsOf({ messages: damaged })).not.toThrow();
      expect(() =>
        findingsOf({ messages: whole.with(i, { ...message, raw: message.raw.replace(/\d/g, '-') }) }),
      ).not.toThrow();
    }
  });

  it('never fail, whatever a charge point sends', () => {
    const action = fc.constantFrom(
      'StatusNotification',
      'MeterValues',
      'StartTransaction',
      'StopTransaction',
      'NotifyEvent',
      'TransactionEvent',
      'Authorize',
      'BootNotification',
      'SetVariables',
    );
    const exchange = fc.tuple(action, fc.jsonValue(), fc.jsonValue(), fc.boolean());
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 20 }), (exchanges) => {
        const random = talk();
        for (const [name, payload, answer, isOurs] of exchanges)
          random[isOurs ? 'out' : 'in'](name, payload as Json, answer as Json).wait(100);
        expect(() => random.found({ now: random.now, connections: [] })).not.toThrow();
      }),
    );
  });

  it('never fail on payloads that are nearly right', () => {
    const whole = talk().boot().session().messages;
    const spoilt = fc.tuple(fc.nat(whole.length - 1), fc.nat(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(spoilt, { maxLength: 5 }), (changes) => {
        const messages = [...whole];
        for (const [at, pick, value] of changes) {
          const message = messages[at];
          const parts = message?.raw.match(/:("[^"]*"|\d+)/g) ?? [];
          const part = parts[pick % Math.max(1, parts.length)];
          if (message && part)
            messages[at] = { ...message, raw: message.raw.replace(part, () => `:${JSON.stringify(value)}`) };
        }
        expect(() => findingsOf({ messages })).not.toThrow();
      }),
    );
  });
});
