import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Command, CommandOutcome, OnlineEntry } from '@ocpp-gw/contracts';
import { DatabaseUnavailableError, type ChargePointRecord, type CommandRecord } from '@ocpp-gw/persistence';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { chargePointRecord, commandRecord, onlineEntry } from '../testdata/records.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { CommandDispatch, type DispatchParts } from './command-dispatch.ts';
import { bodyHash, type Order } from './order.ts';

const reset: Command = { kind: 'Reset', type: 'Soft' };
const order = (cpId: string, command: Command = reset, about: Partial<Order> = {}): Order => ({
  cpId,
  name: 'reset',
  request: { type: 'Soft' },
  toCommand: () => command,
  ...about,
});
const { signal: gone } = new AbortController();
const options = { timeoutMs: 5000, requestId: 'req-1', caller: 'ops', gone };
const accepted: CommandOutcome = {
  kind: 'result',
  action: 'Reset',
  payload: { status: 'Accepted' },
  status: 'Accepted',
};

let row: ChargePointRecord | null;
let entry: OnlineEntry | null;
let outcome: CommandOutcome;
const send = jest.fn<DispatchParts['bus']['send']>();
const commands = {
  begin: jest.fn<DispatchParts['commands']['begin']>(),
  ofKey: jest.fn<DispatchParts['commands']['ofKey']>(),
  get: jest.fn<DispatchParts['commands']['get']>(),
  end: jest.fn<DispatchParts['commands']['end']>(),
  endUntaken: jest.fn<DispatchParts['commands']['endUntaken']>(),
};
type Attend = (
  id: string,
  waitMs: number,
  known: () => Promise<unknown>,
  sending?: () => Promise<unknown> | undefined,
) => Promise<unknown>;
const attend = jest.fn<Attend>();
let recorded = true;
const ID = expect.stringMatching(/^[\da-f-]{36}$/);
const observe = jest.fn<DispatchParts['observe']>();
const info = jest.fn();

function sut(): CommandDispatch {
  const logger = { debug: jest.fn(), info, warn: jest.fn(), error: jest.fn(), child: () => logger };
  return new CommandDispatch({
    chargePoints: { find: async () => row },
    registry: { get: async () => entry },
    commands,
    bus: { send, attend: attend as unknown as DispatchParts['bus']['attend'] },
    logger,
    observe,
  });
}

async function problem(work: Promise<unknown>): Promise<ProblemError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error;
  throw new Error(`no problem: ${String(error)}`);
}

beforeEach(() => {
  jest.resetAllMocks();
  row = chargePointRecord();
  entry = onlineEntry();
  outcome = accepted;
  send.mockImplementation(async () => ({ recorded, outcome }));
  recorded = true;
  commands.begin.mockResolvedValue(null);
  commands.ofKey.mockResolvedValue(null);
  attend.mockImplementation(async (_id, _waitMs, known, sending) => {
    const found = await known();
    if (found === null) await sending?.();
    return found;
  });
});

describe('CommandDispatch', () => {
  it('sends to the identity as it is registered and returns the answer', async () => {
    const answered = await sut().send(order('cp-1'), options);
    expect(send).toHaveBeenCalledWith('CP-1', reset, expect.objectContaining({ deadline: expect.any(Number), gone }));
    expect(answered).toEqual({ commandId: ID, result: accepted, request: { type: 'Soft' } });
  });

  it('sends to the instance that the registry names, and to whoever hears where it names none', async () => {
    await sut().send(order('CP-1'), options);
    entry = null;
    await sut().send(order('CP-1'), options);
    expect(send.mock.calls.map(([, , { pod }]) => pod)).toEqual([onlineEntry().pod, undefined]);
  });

  it('counts and logs how it ended, with the ids of request and command', async () => {
    await sut().send(order('CP-1'), options);
    expect(observe).toHaveBeenCalledWith('Reset', 'result', expect.any(Number));
    expect(info).toHaveBeenCalledWith(
      'command ended',
      expect.objectContaining({
        cpId: 'CP-1',
        requestId: 'req-1',
        commandId: ID,
        caller: 'ops',
        outcome: 'result',
      }),
    );
  });

  it('knows no charger that is neither registered nor connected', async () => {
    row = null;
    entry = null;
    expect((await problem(sut().send(order('CP-9'), options))).kind).toBe('charge-point-not-found');
    expect(send).not.toHaveBeenCalled();
  });

  it('sends nothing to a charger that is retired, though its connection may still be open', async () => {
    row = chargePointRecord({ retiredAt: new Date(0) });
    const refused = await problem(sut().send(order('CP-1'), options));
    expect([refused.kind, refused.detail]).toEqual(['charge-point-offline', expect.stringContaining('retired')]);
    expect(send).not.toHaveBeenCalled();
    expect(commands.begin).not.toHaveBeenCalled();
  });

  it('reaches a charger that was let in without being registered', async () => {
    row = null;
    await sut().send(order('CP-9'), options);
    expect(send).toHaveBeenCalledWith('CP-9', reset, expect.anything());
  });

  it('ends in the problem of the outcome', async () => {
    outcome = { kind: 'offline' };
    expect((await problem(sut().send(order('CP-1'), options))).kind).toBe('charge-point-offline');
    expect(observe).toHaveBeenCalledWith('Reset', 'offline', expect.any(Number));
  });

  it('lets the error of a lost Redis through', async () => {
    send.mockRejectedValue(new RedisUnavailableError('send'));
    expect((await problem(sut().send(order('CP-1'), options))).kind).toBe('dependency-unavailable');
  });

  describe('a generic call', () => {
    const call = (action: string, payload: Record<string, unknown>): Command => ({ kind: 'Call', action, payload });

    it('is refused before it travels when the payload breaks the schema of the protocol', async () => {
      const ended = await problem(sut().send(order('CP-1', call('Reset', { type: 'Sideways' })), options));
      expect(ended.kind).toBe('invalid-payload');
      expect(ended.errors?.[0]?.pointer).toBe('/type');
      expect(send).not.toHaveBeenCalled();
    });

    it('is refused before it travels when the protocol has no such action', async () => {
      const ended = await problem(sut().send(order('CP-1', call('SetVariables', {})), options));
      expect(ended.kind).toBe('not-supported');
      expect(ended.members).toMatchObject({ protocol: 'ocpp1.6' });
      expect(send).not.toHaveBeenCalled();
    });

    it('is checked against the protocol of the connection rather than that of the last boot', async () => {
      entry = onlineEntry({ protocol: 'ocpp2.0.1' });
      await sut().send(order('CP-1', call('Reset', { type: 'OnIdle' })), options);
      expect(send).toHaveBeenCalledTimes(1);
    });

    it('is left to the owner when the protocol is not known here', async () => {
      entry = null;
      row = chargePointRecord({ protocol: null });
      await sut().send(order('CP-1', call('Anything', {})), options);
      row = chargePointRecord({ protocol: 'ocpp9' });
      await sut().send(order('CP-1', call('Anything', {})), options);
      expect(send).toHaveBeenCalledTimes(2);
    });
  });

  describe('as a resource', () => {
    it('is durable before it is sent, without its secrets', async () => {
      const begun: string[] = [];
      commands.begin.mockImplementation(async ({ commandId, request }) => {
        expect(send).not.toHaveBeenCalled();
        expect(request).toEqual({ key: 'AuthorizationKey', value: '[redacted]' });
        begun.push(commandId);
        return null;
      });
      await sut().send(order('CP-1', reset, { request: { key: 'AuthorizationKey', value: 'secret' } }), options);
      expect(send.mock.calls.map(([, , { commandId }]) => commandId)).toEqual(begun);
    });

    it('gets the end that no owner has written', async () => {
      recorded = false;
      outcome = { kind: 'offline' };
      const ended = await problem(sut().send(order('CP-1'), options));
      expect(ended.members).toEqual({ command_id: ID });
      expect(commands.end).toHaveBeenCalledWith(expect.objectContaining({ commandId: ID, asked: 'Reset', outcome }));
    });

    it('is refused when Redis is away', async () => {
      send.mockRejectedValue(new RedisUnavailableError('send'));
      expect((await problem(sut().send(order('CP-1'), options))).members).toMatchObject({ command_id: ID });
      expect(commands.end).toHaveBeenCalledWith(
        expect.objectContaining({ outcome: expect.objectContaining({ kind: 'refused' }) }),
      );
    });

    it('names itself in every problem after it has begun', async () => {
      outcome = { kind: 'timeout', action: 'Reset' };
      expect((await problem(sut().send(order('CP-1'), options))).members).toEqual({ action: 'Reset', command_id: ID });
    });

    it('is not begun when something speaks against it', async () => {
      const faults = async () => [{ pointer: '/type', message: 'is wrong' }];
      expect((await problem(sut().send(order('CP-1', reset, { faults }), options))).kind).toBe('invalid-body');
      expect(commands.begin).not.toHaveBeenCalled();
    });
  });

  describe('with an idempotency key', () => {
    const keyed = { ...options, idempotencyKey: 'key-1' };
    const known = (facts: Partial<CommandRecord> = {}): CommandRecord =>
      commandRecord({ bodyHash: bodyHash(order('CP-1')), ...facts });

    it('is sent once, even if its caller goes away', async () => {
      await sut().send(order('CP-1'), keyed);
      const [, , sent] = send.mock.calls[0] ?? [];
      expect(sent).toMatchObject({ once: true });
      expect(sent).not.toHaveProperty('gone');
    });

    it('has the answer that it had before, and is not sent again', async () => {
      const ended = known({ state: 'accepted', endedAt: new Date(), outcome: accepted });
      commands.ofKey.mockResolvedValue(ended);
      commands.get.mockResolvedValue(ended);
      expect(await sut().send(order('cp-1'), keyed)).toMatchObject({ commandId: ended.commandId, result: accepted });
      expect(send).not.toHaveBeenCalled();
    });

    it('has the answer that it had before while Redis is away', async () => {
      commands.ofKey.mockResolvedValue(known({ state: 'accepted', endedAt: new Date(), outcome: accepted }));
      attend.mockRejectedValue(new RedisUnavailableError('attend'));
      expect(await sut().send(order('CP-1'), keyed)).toMatchObject({ result: accepted });
    });

    it('was sent by another request, though this one hears that nothing was sent', async () => {
      recorded = false;
      outcome = { kind: 'moved' };
      commands.endUntaken.mockResolvedValue(false);
      commands.get.mockResolvedValue(known({ state: 'accepted', endedAt: new Date(), outcome: accepted }));
      expect(await sut().send(order('CP-1'), keyed)).toMatchObject({ result: accepted });
      expect(commands.end).not.toHaveBeenCalled();
    });

    it('gets no answer that could not be written', async () => {
      recorded = false;
      commands.end.mockRejectedValue(new DatabaseUnavailableError('away'));
      const answer = await problem(sut().send(order('CP-1'), keyed));
      expect([answer.kind, answer.members]).toEqual([
        'dependency-unavailable',
        { dependency: 'postgres', command_id: ID },
      ]);
    });

    it('has the ids that the gateway made before', async () => {
      const about = { request: {}, made: 'remote_start_id' };
      const hash = bodyHash(order('CP-1', reset, about));
      const ended = known({ bodyHash: hash, endedAt: new Date(), outcome: accepted, request: { remote_start_id: 7 } });
      commands.ofKey.mockResolvedValue(ended);
      commands.get.mockResolvedValue(ended);
      const { request } = await sut().send(order('CP-1', reset, about), keyed);
      expect(request).toEqual({ remote_start_id: 7 });
    });

    it('ends in the problem in which it ended before', async () => {
      const ended = known({ state: 'timeout', endedAt: new Date(), outcome: null, action: 'Reset' });
      commands.ofKey.mockResolvedValue(ended);
      commands.get.mockResolvedValue(ended);
      const answer = await problem(sut().send(order('CP-1'), keyed));
      expect([answer.kind, answer.members]).toEqual([
        'answer-timeout',
        { action: 'Reset', command_id: ended.commandId },
      ]);
    });

    it('is refused with another body', async () => {
      commands.ofKey.mockResolvedValue(known());
      const answer = await problem(sut().send(order('CP-1', reset, { request: { type: 'Hard' } }), keyed));
      expect(answer.kind).toBe('idempotency-key-reused');
      expect(send).not.toHaveBeenCalled();
    });

    it('waits for the end while another pod has it under way', async () => {
      const running = known({ state: 'sent' });
      commands.ofKey.mockResolvedValue(running);
      commands.get
        .mockResolvedValueOnce(running)
        .mockResolvedValueOnce(known({ endedAt: new Date(), outcome: accepted }));
      expect(await sut().send(order('CP-1'), keyed)).toMatchObject({ result: accepted });
      expect(send).not.toHaveBeenCalled();
    });

    it('is sent when whoever made it died before that', async () => {
      const queued = known();
      commands.ofKey.mockResolvedValue(queued);
      commands.get
        .mockResolvedValueOnce(queued)
        .mockResolvedValueOnce(known({ endedAt: new Date(), outcome: accepted }));
      expect(await sut().send(order('CP-1'), keyed)).toMatchObject({ commandId: queued.commandId });
      expect(send.mock.calls.map(([, , { commandId, once }]) => [commandId, once])).toEqual([[queued.commandId, true]]);
    });

    it('says that it still runs when its end does not come in time', async () => {
      commands.ofKey.mockResolvedValue(known({ state: 'sent' }));
      commands.get.mockResolvedValue(known({ state: 'sent' }));
      expect((await problem(sut().send(order('CP-1'), keyed))).kind).toBe('command-running');
    });

    it('stays queued when Redis is away, so that the same key sends it later', async () => {
      send.mockRejectedValue(new RedisUnavailableError('send'));
      expect((await problem(sut().send(order('CP-1'), keyed))).kind).toBe('dependency-unavailable');
      expect(commands.end).not.toHaveBeenCalled();
    });
  });
});
