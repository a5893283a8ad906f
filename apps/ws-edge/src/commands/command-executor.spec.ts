import { afterEach, describe, expect, it } from '@jest/globals';
import type { Command, CommandEnvelope, CommandOutcome } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { eventually } from '@ocpp-gw/testing';
import { TestEdge, type TestEdgeOptions } from '../session/testdata/edge.ts';
import type { TestCharger } from '../session/testdata/charger.ts';
import { CommandExecutor, type CommandAnswer, type CommandExecutorOptions } from './command-executor.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const remoteStart: Command = { kind: 'RemoteStart', idToken: 'TAG', evseId: 1, remoteStartId: 5 };

function envelope(command: Command, facts: Partial<CommandEnvelope> = {}): CommandEnvelope {
  return { v: 1, type: 'command', requestId: 'r1', cpId: 'CP1', deadline: Date.now() + 60_000, command, ...facts };
}

/** `written` is what the mirror committed; `write` may fail it or take its time. */
async function start(
  subprotocol = 'ocpp1.6',
  options: TestEdgeOptions = {},
  write: (effects: readonly Effect[]) => Promise<void> = () => Promise.resolve(),
) {
  edge = await TestEdge.start(options);
  const running = edge;
  const recorded: CommandOutcome[] = [];
  const lateEnds: CommandOutcome[] = [];
  const written: Effect[] = [];
  const charger = await running.connect('CP1', [subprotocol]);
  const taken = new Set<string>();
  const sent: string[] = [];
  const parts: CommandExecutorOptions = {
    session: (cpId) => running.sessions.get(cpId),
    log: {
      sent: (_session, { requestId }) => sent.push(requestId),
      command: async (_session, _envelope, { outcome, late }) => {
        recorded.push(outcome);
        if (late) lateEnds.push(outcome);
        return true;
      },
    },
    take: async (id) => !taken.has(id) && taken.add(id).has(id),
    commit: async (_session, effects) => {
      await write(effects);
      written.push(...effects);
      return { noted: [], after: [] };
    },
    metrics: running.metrics,
    logger: running.logger,
  };
  const executor = new CommandExecutor(parts);
  const carryOut = async (...args: Parameters<CommandExecutor['carryOut']>): Promise<CommandAnswer> => {
    const carried = await executor.carryOut(...args);
    if (!carried) throw new Error('it was carried out before');
    return carried;
  };
  return { sut: { carryOut }, executor, parts, charger, recorded, lateEnds, sent, written, running };
}

async function answer(charger: TestCharger, type: 3 | 4, ...rest: unknown[]): Promise<unknown> {
  const { call, payload } = await charger.next();
  charger.send([type, call, ...rest]);
  return payload;
}

describe(CommandExecutor.name, () => {
  it('sends the intent in the words of 1.6 and gives the answer back with the epoch', async () => {
    const { sut, charger, recorded, running } = await start();
    const session = running.sessions.get('CP1');
    session?.state.claim(77);
    const carried = sut.carryOut(envelope(remoteStart));
    expect(await answer(charger, 3, { status: 'Accepted' })).toEqual({ idTag: 'TAG', connectorId: 1 });
    const outcome = {
      kind: 'result',
      action: 'RemoteStartTransaction',
      payload: { status: 'Accepted' },
      status: 'Accepted',
      answer: {},
    };
    expect(await carried).toEqual({ epoch: 77, outcome, recorded: true });
    expect(recorded).toEqual([outcome]);
  });

  it('sends a command that may come twice once, and leaves the second answer to the first', async () => {
    const { executor, sent, charger } = await start();
    const twice = [1, 2].map(() => executor.carryOut(envelope({ kind: 'Reset', type: 'Soft' }, { once: true })));
    await answer(charger, 3, { status: 'Accepted' });
    const answers = await Promise.all(twice);
    expect(answers.map((each) => each?.outcome.kind)).toEqual(['result', undefined]);
    expect(sent).toEqual(['r1']);
  });

  it('records the answer that comes after the command has ended as a timeout', async () => {
    const { sut, charger, recorded, lateEnds } = await start();
    await charger.call('0', 'Heartbeat');
    await sut.carryOut(envelope({ kind: 'Reset', type: 'Soft' }, { deadline: Date.now() + 40 }));
    await answer(charger, 3, { status: 'Rejected' });
    await charger.call('1', 'Heartbeat');
    expect(recorded.map(({ kind }) => kind)).toEqual(['timeout', 'result']);
    expect(lateEnds).toMatchObject([{ kind: 'result', status: 'Rejected' }]);
  });

  it('leaves the end of a command that was taken before to whoever took it, though it would refuse it now', async () => {
    const { executor, charger, recorded, running } = await start();
    const once = envelope({ kind: 'Reset', type: 'Soft' }, { once: true });
    const first = executor.carryOut(once);
    const { call } = await charger.next();
    const session = running.sessions.get('CP1') as object;
    Object.defineProperty(session, 'draining', { value: true });
    expect(await executor.carryOut(once)).toBeNull();
    charger.send([3, call, { status: 'Accepted' }]);
    expect((await first)?.outcome.kind).toBe('result');
    expect(recorded.map(({ kind }) => kind)).toEqual(['result']);
  });

  it('has a remote start of 1.6 awaited before it leaves, and not any more once nothing follows', async () => {
    const { sut, charger, written } = await start();
    const kinds = (): string[] => written.splice(0).map(({ kind }) => kind);
    const ended = sut.carryOut(envelope(remoteStart));
    const { call } = await charger.next();
    expect(kinds()).toEqual(['remoteStartSent']);
    charger.send([4, call, 'InternalError', '', {}]);
    await ended;
    expect(kinds()).toEqual(['remoteStartRefused']);
    const rejected = sut.carryOut(envelope(remoteStart));
    await answer(charger, 3, { status: 'Rejected' });
    await rejected;
    expect(kinds()).toEqual(['remoteStartSent', 'remoteStartRefused']);
    const unanswered = sut.carryOut(envelope(remoteStart, { deadline: Date.now() + 200 }));
    const unsent = sut.carryOut(envelope(remoteStart, { deadline: Date.now() + 20 }));
    expect((await Promise.all([unanswered, unsent])).map(({ outcome }) => outcome.kind)).toEqual([
      'timeout',
      'expired',
    ]);
    expect(kinds()).toEqual(['remoteStartSent', 'remoteStartSent', 'remoteStartRefused']);
  });

  it('sends nothing when it is not known whether a command was sent before', async () => {
    const { parts, sent, recorded, running } = await start();
    const failing = new CommandExecutor({ ...parts, take: () => Promise.reject(new Error('away')) });
    const carried = await failing.carryOut(envelope({ kind: 'Reset', type: 'Soft' }, { once: true }));
    expect(carried?.outcome).toMatchObject({ kind: 'refused', code: 'internal' });
    expect([sent, recorded]).toEqual([[], []]);
    expect(running.logger.lines.map(({ message }) => message)).toContain('command could not be taken');
  });

  it('sends the intent in the words of 2.0.1', async () => {
    const { sut, charger } = await start('ocpp2.0.1');
    const carried = sut.carryOut(envelope(remoteStart));
    expect(await answer(charger, 3, { status: 'Rejected' })).toMatchObject({ remoteStartId: 5, evseId: 1 });
    expect((await carried).outcome).toMatchObject({ action: 'RequestStartTransaction', status: 'Rejected' });
  });

  it('tells CALLERROR, invalid result, timeout and disconnect apart', async () => {
    const { sut, charger } = await start();
    const error = sut.carryOut(envelope({ kind: 'Reset', type: 'Soft' }));
    await answer(charger, 4, 'FormatViolation', 'broken', { a: 1 });
    expect((await error).outcome).toEqual({
      kind: 'callerror',
      action: 'Reset',
      code: 'FormatViolation',
      standardCode: 'FormationViolation',
      description: 'broken',
      details: { a: 1 },
    });
    const invalid = sut.carryOut(envelope({ kind: 'Reset', type: 'Soft' }));
    await answer(charger, 3, { nonsense: true });
    expect((await invalid).outcome).toMatchObject({ kind: 'invalidResult', action: 'Reset' });
    const late = sut.carryOut(envelope({ kind: 'Reset', type: 'Soft' }, { deadline: Date.now() + 30 }));
    expect((await late).outcome).toEqual({ kind: 'timeout', action: 'Reset' });
    await charger.next();
    const cut = sut.carryOut(envelope({ kind: 'Reset', type: 'Soft' }));
    await charger.next();
    charger.wire.terminate();
    expect((await cut).outcome).toEqual({ kind: 'disconnected', action: 'Reset', sent: true });
  });

  it('F3 tells the beginning of an answer that is no JSON', async () => {
    const { sut, charger } = await start();
    const carried = sut.carryOut(envelope({ kind: 'GetConfiguration' }));
    await charger.call('0', 'Heartbeat');
    const { call: id } = await charger.next();
    charger.send(`[3,"${id}",{"configurationKey":[`);
    expect((await carried).outcome).toEqual({
      kind: 'invalidResult',
      action: 'GetConfiguration',
      reason: 'the answer is no JSON',
      payload: `[3,"${id}",{"configurationKey":[`,
    });
  });

  it('F9 mirrors all keys of a configuration of which one is odd', async () => {
    const { sut, charger, written } = await start();
    const carried = sut.carryOut(envelope({ kind: 'GetConfiguration' }));
    const configurationKey = [
      { key: 'A', readonly: 0, value: '1' },
      { key: 'B', readonly: false, value: 2 },
      { readonly: true },
    ];
    await answer(charger, 3, { configurationKey });
    expect((await carried).outcome).toMatchObject({ kind: 'result' });
    expect(written).toMatchObject([{ kind: 'configurationSeen', keys: [{ key: 'A' }, { key: 'B', value: '2' }] }]);
  });

  it('F10 takes an accepted remote start for accepted, whatever stands beside the status', async () => {
    const { sut, charger } = await start('ocpp2.0.1');
    const carried = sut.carryOut(envelope(remoteStart));
    await answer(charger, 3, { status: 'Accepted', customData: {} });
    expect((await carried).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
  });

  it('mirrors what a charger took after the caller got a timeout', async () => {
    const { sut, charger, written } = await start();
    await charger.call('0', 'Heartbeat');
    const cancel: Command = { kind: 'CancelReservation', reservationId: 9 };
    expect((await sut.carryOut(envelope(cancel, { deadline: Date.now() + 60 }))).outcome.kind).toBe('timeout');
    expect(written).toEqual([]);
    await answer(charger, 3, { status: 'Accepted' });
    await charger.call('1', 'Heartbeat');
    expect(written).toEqual([{ kind: 'reservationCancelled', reservationId: 9 }]);
  });

  it('answers offline for a charger that is not here', async () => {
    const { sut, recorded } = await start();
    expect(await sut.carryOut(envelope(remoteStart, { cpId: 'CP9' }))).toEqual({
      epoch: 0,
      outcome: { kind: 'offline' },
    });
    expect(recorded).toEqual([]);
  });

  it.each<[string, string, Command, string]>([
    ['an action the version lacks', 'ocpp1.6', { kind: 'Call', action: 'GetVariables', payload: {} }, 'notSupported'],
    [
      'a payload that breaks the schema',
      'ocpp1.6',
      { kind: 'Call', action: 'Reset', payload: { type: 'Warm' } },
      'invalidPayload',
    ],
    [
      'a transaction id no 1.6 charger can have',
      'ocpp1.6',
      { kind: 'RemoteStop', transactionId: 'abc' },
      'invalidPayload',
    ],
  ])('sends nothing for %s', async (_what, subprotocol, command, kind) => {
    const { sut, charger } = await start(subprotocol);
    expect((await sut.carryOut(envelope(command))).outcome.kind).toBe(kind);
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
  });

  it('refuses a remote start while the station is Pending, and lets configuration pass', async () => {
    const { sut, charger } = await start('ocpp1.6', { registration: 'Pending' });
    await charger.boot();
    expect((await sut.carryOut(envelope(remoteStart))).outcome).toMatchObject({
      kind: 'refused',
      code: 'not_accepted',
    });
    const read = sut.carryOut(envelope({ kind: 'Call', action: 'GetConfiguration', payload: {} }));
    await answer(charger, 3, {});
    expect((await read).outcome).toMatchObject({ kind: 'result', action: 'GetConfiguration' });
  });

  it('expires what waited too long, and refuses what the queue cannot hold', async () => {
    const { sut, charger } = await start();
    await charger.call('0', 'Heartbeat');
    const reset: Command = { kind: 'Reset', type: 'Soft' };
    const sent = sut.carryOut(envelope(reset, { deadline: Date.now() + 300 }));
    const queued = [0, 1].map(() => sut.carryOut(envelope(reset, { deadline: Date.now() + 40 })));
    expect((await sut.carryOut(envelope(reset))).outcome).toMatchObject({ kind: 'refused', code: 'queue_full' });
    expect((await Promise.all(queued)).map(({ outcome }) => outcome.kind)).toEqual(['expired', 'expired']);
    expect((await sent).outcome.kind).toBe('timeout');
  });

  it('does not send what still waits when its caller goes away, and mirrors what has been sent', async () => {
    const { sut, charger, written } = await start();
    await charger.call('0', 'Heartbeat');
    const gone = new AbortController();
    const cancel: Command = { kind: 'CancelReservation', reservationId: 9 };
    const sent = sut.carryOut(envelope(cancel), gone.signal);
    const { call } = await charger.next();
    const queued = sut.carryOut(envelope({ kind: 'Reset', type: 'Soft' }), gone.signal);
    const next = sut.carryOut(envelope({ kind: 'ClearCache' }));
    gone.abort();
    expect((await queued).outcome).toEqual({ kind: 'cancelled' });
    charger.send([3, call, { status: 'Accepted' }]);
    expect((await sent).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
    expect(written).toEqual([{ kind: 'reservationCancelled', reservationId: 9 }]);
    expect(await charger.next()).toMatchObject({ action: 'ClearCache' });
    charger.wire.terminate();
    await next;
  });

  it('does not send what its caller gave up while it was written', async () => {
    const gone = new AbortController();
    const { sut, charger } = await start('ocpp1.6', {}, async () => gone.abort());
    const password: Command = { kind: 'ChangeConfiguration', key: 'AuthorizationKey', value: '0123456789abcdef' };
    expect((await sut.carryOut(envelope(password), gone.signal)).outcome).toEqual({ kind: 'cancelled' });
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
  });

  it('refuses while the pod drains', async () => {
    const { sut, charger, running } = await start();
    await charger.call('0', 'Heartbeat');
    const open = sut.carryOut(envelope({ kind: 'Reset', type: 'Soft' }, { deadline: Date.now() + 2_000 }));
    await charger.next();
    const drained = running.sessions.drain(0);
    await eventually(() => running.sessions.get('CP1')?.draining);
    expect((await sut.carryOut(envelope(remoteStart))).outcome).toMatchObject({ kind: 'refused', code: 'draining' });
    expect((await open).outcome.kind).toBe('timeout');
    await drained;
  });

  it('T16 handles what comes right behind an answer after what the answer established is written', async () => {
    const order: string[] = [];
    const slow = async (effects: readonly Effect[]): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push(...effects.map(({ kind }) => kind));
    };
    const seen = async (effects: readonly Effect[]): Promise<void> => {
      order.push(...effects.map(({ kind }) => kind));
    };
    const { sut, charger } = await start('ocpp1.6', { commit: seen }, slow);
    await charger.call('0', 'Heartbeat');
    const carried = sut.carryOut(envelope({ kind: 'CancelReservation', reservationId: 9 }));
    const { call } = await charger.next();
    charger.send([3, call, { status: 'Accepted' }]);
    charger.send([2, '1', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }]);
    expect(await charger.next()).toMatchObject({ result: '1' });
    await carried;
    // Late answers count, too.
    await sut.carryOut(envelope({ kind: 'CancelReservation', reservationId: 9 }, { deadline: Date.now() + 40 }));
    const { call: late } = await charger.next();
    charger.send([3, late, { status: 'Accepted' }]);
    charger.send([2, '2', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' }]);
    expect(await charger.next()).toMatchObject({ result: '2' });
    const each = ['reservationCancelled', 'connectorStatus'];
    expect(order).toEqual([...each, ...each]);
  });

  it('T16 goes on with the messages of the charger when what an answer established cannot be written', async () => {
    const { sut, charger } = await start('ocpp1.6', {}, () => Promise.reject(new Error('postgres away')));
    await charger.call('0', 'Heartbeat');
    const carried = sut.carryOut(envelope({ kind: 'CancelReservation', reservationId: 9 }));
    const { call } = await charger.next();
    charger.send([3, call, { status: 'Accepted' }]);
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    expect((await carried).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
  });

  it("F32 tells the charger's own word for an error, and what it means in the charger's protocol", async () => {
    const { sut, charger } = await start('ocpp2.0.1');
    await charger.call('0', 'Heartbeat');
    const said = async (word: unknown): Promise<CommandOutcome> => {
      const carried = sut.carryOut(envelope({ kind: 'ClearCache' }));
      await answer(charger, 4, word, '', {});
      return (await carried).outcome;
    };
    expect(await said('FormationViolation')).toMatchObject({
      code: 'FormationViolation',
      standardCode: 'FormatViolation',
    });
    expect(await said('Busy')).toMatchObject({ code: 'Busy', standardCode: 'GenericError' });
    expect(await said(null)).toMatchObject({ code: 'GenericError', standardCode: 'GenericError' });
  });

  it('F34 says of a charger that has sent nothing since it connected that it is silent, until it sends something', async () => {
    const { sut, charger } = await start('ocpp2.0.1', { settings: { firstMessageGraceMs: 1_500 } });
    const within = (ms: number): Promise<CommandOutcome> =>
      sut.carryOut(envelope({ kind: 'ClearCache' }, { deadline: Date.now() + ms })).then(({ outcome }) => outcome);
    expect(await within(30)).toEqual({ kind: 'expired', silent: true });
    expect(await within(3_000)).toEqual({ kind: 'timeout', action: 'ClearCache', silent: true });
    await charger.next();
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    expect(await within(30)).toEqual({ kind: 'timeout', action: 'ClearCache' });
  });

  it('lets a Pending station send at once what it agreed to (notes 2.9)', async () => {
    const { sut, charger } = await start('ocpp2.0.1', { registration: 'Pending' });
    const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
    await charger.call('boot', 'BootNotification', boot);
    const payload = { requestId: 1, reportBase: 'FullInventory' };
    const carried = sut.carryOut(envelope({ kind: 'Call', action: 'GetBaseReport', payload }));
    const { call } = await charger.next();
    charger.send([3, call, { status: 'Accepted' }]);
    charger.send([2, '1', 'NotifyReport', { requestId: 1, seqNo: 0, generatedAt: '2026-01-01T00:00:00Z' }]);
    expect(await charger.next()).toMatchObject({ result: '1' });
    expect((await carried).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
  });

  describe('what a command establishes', () => {
    const reserve: Command = {
      kind: 'ReserveNow',
      reservationId: 4,
      idToken: 'TAG',
      evseId: 1,
      expiresAt: '2030-01-01T00:00:00Z',
    };
    const password: Command = { kind: 'ChangeConfiguration', key: 'AuthorizationKey', value: '0123456789abcdef' };

    it('is written before the caller hears the answer, and only if the charger took it', async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const { sut, charger, written } = await start('ocpp1.6', {}, () => held);
      let heard = false;
      const carried = sut.carryOut(envelope(reserve)).finally(() => (heard = true));
      await answer(charger, 3, { status: 'Accepted' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(heard).toBe(false);
      release();
      expect((await carried).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
      expect(written).toMatchObject([{ kind: 'reservationMade', reservationId: 4 }]);
      const refused = sut.carryOut(envelope(reserve));
      await answer(charger, 3, { status: 'Occupied' });
      await refused;
      expect(written).toHaveLength(1);
    });

    it('is written of the generic call too', async () => {
      const { sut, charger, written } = await start();
      const payload = { reservationId: 4 };
      const carried = sut.carryOut(envelope({ kind: 'Call', action: 'CancelReservation', payload }));
      await answer(charger, 3, { status: 'Accepted' });
      expect((await carried).outcome).not.toHaveProperty('answer');
      expect(written).toEqual([{ kind: 'reservationCancelled', reservationId: 4 }]);
    });

    it('and the charger may act on unheard is written before the CALL leaves', async () => {
      const { sut, charger, written } = await start();
      const carried = sut.carryOut(envelope(password));
      const { call } = await charger.next();
      expect(written).toMatchObject([{ kind: 'password', step: 'offered' }]);
      charger.send([3, call, { status: 'Accepted' }]);
      await carried;
      expect(written.map((effect) => ('step' in effect ? effect.step : effect.kind))).toEqual(
        expect.arrayContaining(['offered', 'accepted']),
      );
    });

    it('keeps the CALL back when it cannot be written before', async () => {
      const { sut, charger, recorded } = await start('ocpp1.6', {}, () => Promise.reject(new Error('postgres away')));
      const { outcome } = await sut.carryOut(envelope(password));
      expect(outcome).toMatchObject({ kind: 'refused', code: 'internal' });
      expect(recorded).toEqual([outcome]);
      expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    });

    it('is lost, counted and logged when it cannot be written after, and the caller still hears the charger', async () => {
      const { sut, charger, running } = await start('ocpp1.6', {}, () => Promise.reject(new Error('postgres away')));
      const carried = sut.carryOut(envelope(reserve));
      await answer(charger, 3, { status: 'Accepted' });
      expect((await carried).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
      expect(await running.metric('mirrorsLost', { protocol: 'ocpp1.6', action: 'ReserveNow' })).toBe(1);
      expect(running.logger.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
    });

    it('is nothing of a late answer that breaks its schema, and the session goes on', async () => {
      const { sut, charger, written, running } = await start();
      await charger.call('0', 'Heartbeat');
      const carried = sut.carryOut(envelope(reserve, { deadline: Date.now() + 30 }));
      const { call } = await charger.next();
      expect((await carried).outcome).toMatchObject({ kind: 'timeout' });
      charger.send([3, call, { status: 'Perhaps' }]);
      expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
      expect(written).toEqual([]);
      const said = running.logger.lines.filter(({ message }) => message.startsWith('charger answered a command'));
      expect(said).toEqual([
        {
          level: 'info',
          message: 'charger answered a command after its deadline',
          fields: { cpId: 'CP1', action: 'ReserveNow', valid: false },
        },
      ]);
      expect(running.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it('is nothing when no answer comes, or one that breaks its schema', async () => {
      const { sut, charger, written } = await start();
      const invalid = sut.carryOut(envelope(reserve));
      await answer(charger, 3, { status: 'Perhaps' });
      await invalid;
      await sut.carryOut(envelope(reserve, { deadline: Date.now() + 30 }));
      expect(written).toEqual([]);
    });
  });

  it("says what the charger's answer holds besides its status, in no version's words", async () => {
    const { sut, charger } = await start();
    const carried = sut.carryOut(envelope({ kind: 'GetConfiguration', keys: ['A', 'B'] }));
    await answer(charger, 3, { configurationKey: [{ key: 'A', readonly: true, value: '1' }], unknownKey: ['B'] });
    expect((await carried).outcome).toMatchObject({
      kind: 'result',
      answer: { configuration: [{ key: 'A', readonly: true, value: '1' }], unknownKeys: ['B'] },
    });
  });

  it.each<[Command, string]>([
    [{ kind: 'SendLocalList', version: 1, updateType: 'Full' }, 'SendLocalList'],
    [{ kind: 'Call', action: 'Invented', payload: {} }, 'other'],
    [{ kind: 'RemoteStop', transactionId: 'abc' }, 'RemoteStop'],
  ])('counts %j under %s: callers cannot invent labels', async (command, label) => {
    const { sut, running } = await start('ocpp1.6', { registration: 'Accepted' });
    await sut.carryOut(envelope(command, { deadline: Date.now() + 30 }));
    const { values } = await running.metrics.outboundCalls.get();
    expect(values.map(({ labels }) => labels.action)).toContain(label);
    expect(new Set(values.map(({ labels }) => labels.action)).size).toBe(1);
  });
});
