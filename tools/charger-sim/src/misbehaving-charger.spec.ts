import { afterEach, describe, expect, it } from '@jest/globals';
import { FakeCsms } from './testdata/fake-csms.ts';
import {
  type ChargerOptions,
  type SimulatedCharger,
  type Truth,
  type TrueMessage,
  type TrueSession,
  fastTime,
  misbehavioursOf,
  startCharger,
} from './index.ts';

const NOON = new Date('2026-11-30T12:00:00Z');

describe('a charger that misbehaves', () => {
  let csms: FakeCsms | undefined;
  let charger: SimulatedCharger | undefined;
  const truth: Truth[] = [];

  afterEach(async () => {
    await charger?.close();
    csms?.stop();
    truth.length = 0;
  });

  async function sessions(
    protocol: '1.6' | '2.0.1',
    names: string[],
    count = 1,
    more: Partial<ChargerOptions> = {},
  ): Promise<FakeCsms> {
    csms = await FakeCsms.start(protocol);
    charger = await startCharger({
      url: csms.url,
      protocol,
      id: 'CP1',
      connectors: 1,
      misbehaviours: misbehavioursOf(names),
      truth: (entry) => truth.push(entry),
      time: fastTime(NOON, 1000),
      stepMs: 1000,
      meterIntervalMs: 10_000,
      ...more,
    });
    for (let n = 1; n <= count; n += 1) {
      const { result } = charger.startSession({ idToken: `DRIVER${n}`, meterValues: 2 });
      expect(await result).toMatchObject({ ok: true });
    }
    return csms;
  }
  const sessionsLogged = (): TrueSession[] => truth.filter((entry) => entry.kind === 'session');
  const messagesLogged = (): TrueMessage[] => truth.filter((entry) => entry.kind === 'message');

  it('logs who charged what, and what was acknowledged', async () => {
    await sessions('1.6', []);
    const [logged] = sessionsLogged();
    expect(logged).toMatchObject({ cpId: 'CP1', session: 1, connector: 1, idToken: 'DRIVER1', misbehaviours: [] });
    expect(logged?.energyWh).toBe((logged?.registerEndWh ?? 0) - (logged?.registerBeginWh ?? 0));
    expect(messagesLogged().map(({ role, outcome }) => [role, outcome])).toEqual([
      ['start', 'acknowledged'],
      ['update', 'acknowledged'],
      ['update', 'acknowledged'],
      ['stop', 'acknowledged'],
    ]);
    expect(csms?.payloads('StartTransaction')[0]).toMatchObject({ meterStart: logged?.registerBeginWh });
    expect(csms?.payloads('StopTransaction')[0]).toMatchObject({ meterStop: logged?.registerEndWh });
    expect(csms?.violations).toEqual([]);
  });

  it('lost-stop and clock-2000: boots instead of stopping, and its clock starts again', async () => {
    const running = await sessions('1.6', ['lost-stop', 'clock-2000'], 2, { time: fastTime(NOON, 100) });
    await running.until('BootNotification', 3);
    const { received } = running;
    expect(received.filter(({ action }) => action === 'BootNotification')).toHaveLength(3);
    expect(received.filter(({ action }) => action === 'StopTransaction')).toEqual([]);
    const starts = csms?.payloads<{ timestamp: string }>('StartTransaction') ?? [];
    for (const { timestamp } of starts) expect(timestamp).toMatch(/^2000-01-01T00:0/);
    expect(sessionsLogged().map(({ hides }) => hides)).toEqual(Array(2).fill(['end', 'energy']));
    for (const { beganAt } of sessionsLogged()) expect(beganAt).toMatch(/^2026-11-30/);
  });

  it('late-stop: the stop comes behind the boot', async () => {
    await sessions('2.0.1', ['late-stop']);
    const boots = csms?.received.flatMap(({ action }, place) => (action === 'BootNotification' ? [place] : [])) ?? [];
    const end = csms?.received.findLastIndex(({ action }) => action === 'TransactionEvent') ?? 0;
    expect(end).toBeGreaterThan(boots.at(-1) ?? Infinity);
    expect(boots).toHaveLength(2);
    expect(csms?.violations).toEqual([]);
  });

  it('repeat-after-reconnect: says it again on a new connection, and logs the repetition as one', async () => {
    await sessions('1.6', ['repeat-after-reconnect']);
    const [one, other] = csms?.payloads('StopTransaction') ?? [];
    expect(other).toEqual(one);
    expect(csms?.handshakes).toHaveLength(3);
    expect(
      messagesLogged()
        .filter(({ repeats }) => repeats)
        .map(({ role }) => role),
    ).toEqual(['start', 'stop']);
  });

  it('register-reset: the register falls, and the log knows what flowed', async () => {
    await sessions('1.6', ['register-reset']);
    const [logged] = sessionsLogged();
    expect(logged?.registerEndWh).toBeLessThan(logged?.registerBeginWh ?? 0);
    expect(logged?.energyWh).toBeGreaterThan(0);
  });

  it('idle-readings: the energy between two sessions is nobody’s', async () => {
    await sessions('1.6', ['idle-readings'], 2);
    const [one, two] = sessionsLogged();
    expect((two?.registerBeginWh ?? 0) - (one?.registerEndWh ?? 0)).toBeGreaterThanOrEqual(1500);
    expect(messagesLogged().filter(({ role }) => role === 'idle')).toHaveLength(2);
  });

  it('numeric-message-id and trailing-nul: goes by the echo of its own ids', async () => {
    await sessions('1.6', ['numeric-message-id']);
    expect(messagesLogged().every(({ outcome }) => outcome === 'acknowledged')).toBe(true);
  });

  it('reconnect-loop: comes back and back', async () => {
    await sessions('1.6', ['reconnect-loop'], 1, { backoff: { firstMs: 1, maxMs: 1 } });
    await csms?.until('StatusNotification', 10);
    expect(csms?.handshakes.length).toBeGreaterThan(1);
  });

  it('odd-answers: the CSMS gets them', async () => {
    const running = await sessions('1.6', ['odd-answers'], 0);
    await expect(running.call('GetConfiguration', { key: ['NumberOfConnectors'] })).resolves.toMatchObject({
      configurationKey: [{ readonly: 1 }],
      customData: {},
    });
  });
});
