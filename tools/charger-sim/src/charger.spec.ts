import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeCsms } from './testdata/fake-csms.ts';
import {
  CallError,
  type ChargerOptions,
  DisconnectedError,
  HandshakeRefusedError,
  type SimulatedCharger,
  startCharger,
} from './index.ts';

const FAST = {
  id: 'CP1',
  connectors: 1,
  stepMs: 1,
  rebootMs: 5,
  meterIntervalMs: 10,
  callTimeoutMs: 1000,
  retry: { attempts: 3, intervalMs: 5 },
  backoff: { firstMs: 5, maxMs: 20 },
} as const;

describe.each(['1.6', '2.0.1'] as const)('a charger of OCPP %s', (protocol) => {
  let csms: FakeCsms;
  let charger: SimulatedCharger | undefined;
  let end: AbortController;
  const transactionActions =
    protocol === '1.6' ? ['StartTransaction', 'MeterValues', 'StopTransaction'] : ['TransactionEvent'];
  const remoteStart = (): Promise<object> =>
    protocol === '1.6'
      ? csms.call('RemoteStartTransaction', { idTag: 'REMOTE', connectorId: 1 })
      : csms.call('RequestStartTransaction', { idToken: { idToken: 'REMOTE', type: 'Central' }, remoteStartId: 77 });
  const remoteStop = (transactionId: string | undefined): Promise<object> =>
    protocol === '1.6'
      ? csms.call('RemoteStopTransaction', { transactionId: Number(transactionId) })
      : csms.call('RequestStopTransaction', { transactionId });
  const begin = async (options: Partial<ChargerOptions> = {}): Promise<SimulatedCharger> => {
    charger = await startCharger({ ...FAST, url: csms.url, protocol, ...options }, end.signal);
    return charger;
  };
  const listen = async (): Promise<FakeCsms> => (csms = await FakeCsms.start(protocol));

  beforeEach(() => {
    charger = undefined;
    end = new AbortController();
  });
  afterEach(async () => {
    end.abort();
    await charger?.close();
    csms.stop();
    expect(csms.violations).toEqual([]);
  });

  it('boots and tells the status of every connector', async () => {
    await listen();
    await begin({ connectors: 3 });
    expect(csms.handshakes).toEqual([
      { path: '/CP1', authorization: undefined, protocol: protocol === '1.6' ? 'ocpp1.6' : 'ocpp2.0.1' },
    ]);
    expect(csms.actions()).toEqual([
      'BootNotification',
      ...Array(protocol === '1.6' ? 4 : 3).fill('StatusNotification'),
    ]);
  });

  it('percent-encodes its identity and sends its password', async () => {
    await listen();
    await begin({ id: 'RDAM 123', password: 'a password of mine' });
    expect(csms.handshakes[0]?.path).toBe('/RDAM%20123');
    expect(csms.handshakes[0]?.authorization).toBe(
      `Basic ${Buffer.from('RDAM 123:a password of mine').toString('base64')}`,
    );
  });

  it.each(['Pending', 'Rejected'])(
    'boots again after the interval when it is %s, and sends nothing else',
    async (status) => {
      await listen();
      let boots = 0;
      csms.answer('BootNotification', () => ({
        status: (boots += 1) < 2 ? status : 'Accepted',
        currentTime: new Date().toISOString(),
        interval: 1,
      }));
      const before = performance.now();
      await begin();
      expect(performance.now() - before).toBeGreaterThan(950);
      expect(csms.actions().slice(0, 2)).toEqual(['BootNotification', 'BootNotification']);
    },
  );

  it('boots at once when a pending registration is triggered, and refuses a remote start until then', async () => {
    await listen();
    let boots = 0;
    csms.answer('BootNotification', () => ({
      status: (boots += 1) < 2 ? 'Pending' : 'Accepted',
      currentTime: new Date().toISOString(),
      interval: 600,
    }));
    const started = begin();
    await csms.until('BootNotification');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await remoteStart()).toEqual({ status: 'Rejected' });
    expect(await csms.call('TriggerMessage', { requestedMessage: 'BootNotification' })).toEqual({ status: 'Accepted' });
    await started;
  });

  it('sends heartbeats at the interval of the boot answer, or its own', async () => {
    await listen();
    await begin({ heartbeatMs: 10 });
    await csms.until('Heartbeat', 3);
  });

  it('does a whole session, every message of it acknowledged', async () => {
    await listen();
    const { startSession } = await begin({ powerW: 3_600_000_000 });
    const session = startSession({ meterValues: 3, idToken: 'TAG' });
    const result = await session.result;
    expect(result).toMatchObject({ ok: true, transactionId: session.transactionId });
    expect(result.energyWh).toBeGreaterThan(0);
    const actions = csms.actions().slice(protocol === '1.6' ? 3 : 2);
    expect(actions[0]).toBe('Authorize');
    // The two kinds may overtake each other; each keeps its own order.
    expect(actions.filter((action) => transactionActions.includes(action))).toEqual(
      protocol === '1.6'
        ? ['StartTransaction', 'MeterValues', 'MeterValues', 'MeterValues', 'StopTransaction']
        : Array(6).fill('TransactionEvent'),
    );
    const statuses = csms.payloads('StatusNotification').map((each) => each['status'] ?? each['connectorStatus']);
    expect(statuses.slice(-4)).toEqual(
      protocol === '1.6' ? ['Preparing', 'Charging', 'Finishing', 'Available'] : ['Available', 'Occupied', 'Available'],
    );
  });

  it('starts a session by remote start and ends it by remote stop', async () => {
    await listen();
    const { sessions } = await begin();
    expect(await remoteStart()).toEqual({ status: 'Accepted' });
    expect(await remoteStart()).toEqual({ status: 'Rejected' });
    const [session] = sessions();
    await session?.started;
    expect(await remoteStop(session?.transactionId)).toEqual({ status: 'Accepted' });
    expect(await session?.result).toMatchObject({ ok: true });
    const last = csms.payloads(transactionActions.at(-1) ?? '').at(-1);
    expect(last).toMatchObject(
      protocol === '1.6'
        ? { reason: 'Remote' }
        : { triggerReason: 'RemoteStop', transactionInfo: { stoppedReason: 'Remote' } },
    );
  });

  it('does not charge when the token is refused', async () => {
    await listen();
    const refused = { status: 'Blocked' };
    csms.answer('Authorize', () => ({ idTagInfo: refused, idTokenInfo: refused }));
    const { startSession, status } = await begin();
    expect(await startSession().result).toMatchObject({ ok: false, problem: 'id token SIM-TAG-1: Blocked' });
    expect(csms.actions().filter((action) => transactionActions.includes(action))).toEqual([]);
    expect(status(1)).toBe('Available');
  });

  it('stops charging when the start is answered with a refused token', async () => {
    await listen();
    const refused = { status: 'Invalid' };
    csms.answer('StartTransaction', () => ({ transactionId: 9, idTagInfo: refused }));
    csms.answer('TransactionEvent', () => ({ idTokenInfo: refused }));
    const { startSession } = await begin();
    expect(await startSession().result).toMatchObject({ ok: false, problem: 'the CSMS did not accept the id token' });
    expect(JSON.stringify(csms.payloads(transactionActions.at(-1) ?? '').at(-1))).toContain('DeAuthorized');
  });

  it('keeps transaction messages while offline and delivers them in order, without a new boot', async () => {
    await listen();
    const { startSession, disconnect } = await begin({ backoff: { firstMs: 500, maxMs: 500 } });
    const session = startSession({ meterValues: 4 });
    await session.started;
    disconnect();
    expect(await session.result).toMatchObject({ ok: true });
    expect(csms.payloads('BootNotification')).toHaveLength(1);
    expect(csms.handshakes).toHaveLength(2);
    if (protocol === '2.0.1') {
      const events = csms.payloads<{ seqNo: number; offline?: boolean }>('TransactionEvent');
      // The event under way when the link broke may have come twice; none is missing.
      expect([...new Set(events.map(({ seqNo }) => seqNo))]).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(events.some(({ offline }) => offline)).toBe(true);
    } else {
      expect(csms.payloads('StopTransaction')).toMatchObject([{ transactionId: 7 }]);
    }
  });

  it('retries a transaction message that was refused, and gives it up after its tries', async () => {
    await listen();
    const ended = transactionActions.at(-1) ?? '';
    let tries = 0;
    csms.answer(ended, (payload) => {
      if (protocol === '2.0.1' && payload['eventType'] !== 'Ended') return {};
      tries += 1;
      if (tries < 3) throw new CallError('InternalError');
      return {};
    });
    const { startSession } = await begin();
    expect(await startSession({ meterValues: 0 }).result).toMatchObject({ ok: true });
    tries = -10;
    expect(await startSession({ meterValues: 0 }).result).toMatchObject({
      ok: false,
      problem: 'not every transaction message was acknowledged',
    });
    expect(tries).toBe(-7);
  });

  it.each([
    [true, 1],
    [false, 2],
  ])(
    'tries a message again under its message id, or another one (keepsMessageIds %s)',
    async (keepsMessageIds, ids) => {
      await listen();
      const [start = ''] = transactionActions;
      let tries = 0;
      csms.answer(start, () => {
        tries += 1;
        if (tries === 1) throw new CallError('InternalError');
        return { transactionId: 7, idTagInfo: { status: 'Accepted' }, idTokenInfo: { status: 'Accepted' } };
      });
      const { startSession } = await begin({ keepsMessageIds });
      expect(await startSession({ meterValues: 0 }).result).toMatchObject({ ok: true });
      const sent = csms.received.filter(({ action }) => action === start).slice(0, 2);
      expect(new Set(sent.map(({ id }) => id)).size).toBe(ids);
    },
  );

  it('resets: stops the session, closes, comes back and boots', async () => {
    await listen();
    const { startSession } = await begin();
    const session = startSession();
    await session.started;
    const type = protocol === '1.6' ? 'Hard' : 'Immediate';
    expect(await csms.call('Reset', { type })).toEqual({ status: 'Accepted' });
    expect(await session.result).toMatchObject({ ok: true });
    await csms.until('BootNotification', 2);
    expect(csms.handshakes).toHaveLength(2);
  });

  it('makes a connector inoperative once its session has ended', async () => {
    await listen();
    const { startSession, status } = await begin();
    const session = startSession();
    await session.started;
    const request =
      protocol === '1.6'
        ? { connectorId: 1, type: 'Inoperative' }
        : { evse: { id: 1 }, operationalStatus: 'Inoperative' };
    expect(await csms.call('ChangeAvailability', request)).toEqual({ status: 'Scheduled' });
    session.stop('Local');
    await session.result;
    expect(status(1)).toBe('Unavailable');
    expect(() => startSession()).toThrow('CP1 has no connector free for SIM-TAG-1');
  });

  it('lets a test answer a call in its stead, with a payload, a CALLERROR or silence', async () => {
    await listen();
    const { onCall, received } = await begin();
    onCall('ClearCache', () => ({ status: 'Rejected' }));
    expect(await csms.call('ClearCache')).toEqual({ status: 'Rejected' });
    onCall('ClearCache', () => {
      throw new CallError('SecurityError', 'not you');
    });
    await expect(csms.call('ClearCache')).rejects.toMatchObject({ code: 'SecurityError' });
    onCall('ClearCache', () => {
      throw new Error('a fault in the test');
    });
    await expect(csms.call('ClearCache')).rejects.toMatchObject({ code: 'InternalError' });
    onCall('ClearCache', null);
    expect(await csms.call('ClearCache')).toEqual({ status: 'Accepted' });
    expect(received('ClearCache')).toHaveLength(4);
    onCall('ClearCache', () => new Promise<object>(() => undefined));
    const silence = csms.call('ClearCache');
    expect(await Promise.race([silence, new Promise((resolve) => setTimeout(resolve, 30, 'silent'))])).toBe('silent');
    // The other lane goes on meanwhile.
    expect(await csms.call('GetLocalListVersion')).toBeDefined();
  });

  it('ends while a session that nobody stops is on, and while one is about to begin', async () => {
    await listen();
    const sut = await begin({ connectors: 2 });
    const [first, second] = [sut.startSession(), sut.startSession()];
    await first.started;
    await sut.close();
    expect(await Promise.all([first.result, second.result])).toMatchObject([{ ok: false }, { ok: false }]);
    expect(await sut.startSession().result).toMatchObject({ ok: false });
  });

  it('sends any call of a test, one at a time, and tells how it failed', async () => {
    await listen();
    const { call, disconnect } = await begin({ callTimeoutMs: 50 });
    csms.answer('Heartbeat', () => new Promise<object>(() => undefined));
    await expect(call('Heartbeat', {})).rejects.toThrow('no answer to Heartbeat in 50 ms');
    const broken = call('Heartbeat', {});
    disconnect();
    await expect(broken).rejects.toThrow(DisconnectedError);
    await expect(call('Heartbeat', {})).rejects.toThrow(DisconnectedError);
  });

  it('ignores frames that are none, and answers to no call', async () => {
    await listen();
    const { call, online } = await begin();
    for (const text of ['{', '{}', '[]', '[2]', '[3,"unknown",{}]', '[4,"unknown","InternalError","",{}]', '[9,"x"]'])
      csms.sendRaw(text);
    expect(await call('Heartbeat', {})).toHaveProperty('currentTime');
    expect(online).toBe(true);
  });

  it('comes back when the link is lost', async () => {
    await listen();
    const sut = await begin();
    csms.drop();
    await csms.until('StatusNotification', protocol === '1.6' ? 4 : 2);
    expect(csms.handshakes).toHaveLength(2);
    expect(sut.id).toBe('CP1');
  });

  it('tries again after a refused handshake', async () => {
    await listen();
    csms.refusal = 503;
    const started = begin();
    while (csms.handshakes.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    csms.refusal = null;
    await started;
  });

  it('tries its other address where it cannot connect', async () => {
    await listen();
    await begin({ url: 'ws://127.0.0.1:1', otherUrls: [csms.url] });
    expect(csms.handshakes).toHaveLength(1);
  });

  it('takes a refused handshake as final when configured not to reconnect', async () => {
    await listen();
    csms.refusal = 404;
    const started = startCharger({ ...FAST, url: csms.url, protocol, reconnect: false });
    await expect(started).rejects.toThrow(HandshakeRefusedError);
    await expect(started).rejects.toMatchObject({ status: 404, body: 'not today' });
  });

  it('takes a lost link as final when configured not to reconnect', async () => {
    await listen();
    csms.answer('BootNotification', () => {
      csms.drop();
      return {};
    });
    await expect(startCharger({ ...FAST, url: csms.url, protocol, reconnect: false })).rejects.toThrow(
      DisconnectedError,
    );
  });
});
