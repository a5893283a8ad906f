import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Command, CommandOutcome, OnlineEntry } from '@ocpp-gw/contracts';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { chargePointRecord, onlineEntry } from '../testdata/records.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { CommandDispatch, type DispatchParts } from './command-dispatch.ts';

const reset: Command = { kind: 'Reset', type: 'soft' };
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
const observe = jest.fn<DispatchParts['observe']>();
const info = jest.fn();

function sut(): CommandDispatch {
  const logger = { debug: jest.fn(), info, warn: jest.fn(), error: jest.fn(), child: () => logger };
  return new CommandDispatch({
    chargePoints: { find: async () => row },
    registry: { get: async () => entry },
    bus: { send },
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
  send.mockImplementation(async () => ({ requestId: 'cmd-1', outcome }));
});

describe('CommandDispatch', () => {
  it('sends to the identity as it is registered and returns the answer', async () => {
    const answered = await sut().send('cp-1', reset, options);
    expect(send).toHaveBeenCalledWith('CP-1', reset, expect.objectContaining({ timeoutMs: 5000, gone }));
    expect(answered).toEqual({ commandId: 'cmd-1', result: accepted });
  });

  it('sends to the instance that the registry names, and to whoever hears where it names none', async () => {
    await sut().send('CP-1', reset, options);
    entry = null;
    await sut().send('CP-1', reset, options);
    expect(send.mock.calls.map(([, , { pod }]) => pod)).toEqual([onlineEntry().pod, undefined]);
  });

  it('counts and logs how it ended, with the ids of request and command', async () => {
    await sut().send('CP-1', reset, options);
    expect(observe).toHaveBeenCalledWith('Reset', 'result', expect.any(Number));
    expect(info).toHaveBeenCalledWith(
      'command ended',
      expect.objectContaining({
        cpId: 'CP-1',
        requestId: 'req-1',
        commandId: 'cmd-1',
        caller: 'ops',
        outcome: 'result',
      }),
    );
  });

  it('knows no charger that is neither registered nor connected', async () => {
    row = null;
    entry = null;
    expect((await problem(sut().send('CP-9', reset, options))).kind).toBe('charge-point-not-found');
    expect(send).not.toHaveBeenCalled();
  });

  it('reaches a charger that was let in without being registered', async () => {
    row = null;
    await sut().send('CP-9', reset, options);
    expect(send).toHaveBeenCalledWith('CP-9', reset, expect.anything());
  });

  it('ends in the problem of the outcome', async () => {
    outcome = { kind: 'offline' };
    expect((await problem(sut().send('CP-1', reset, options))).kind).toBe('charge-point-offline');
    expect(observe).toHaveBeenCalledWith('Reset', 'offline', expect.any(Number));
  });

  it('lets the error of a lost Redis through', async () => {
    send.mockRejectedValue(new RedisUnavailableError('send'));
    await expect(sut().send('CP-1', reset, options)).rejects.toThrow(RedisUnavailableError);
  });

  describe('a generic call', () => {
    const call = (action: string, payload: Record<string, unknown>): Command => ({ kind: 'Call', action, payload });

    it('is refused before it travels when the payload breaks the schema of the protocol', async () => {
      const ended = await problem(sut().send('CP-1', call('Reset', { type: 'Sideways' }), options));
      expect(ended.kind).toBe('invalid-payload');
      expect(ended.errors?.[0]?.pointer).toBe('/type');
      expect(send).not.toHaveBeenCalled();
    });

    it('is refused before it travels when the protocol has no such action', async () => {
      const ended = await problem(sut().send('CP-1', call('SetVariables', {}), options));
      expect(ended.kind).toBe('not-supported');
      expect(ended.members).toEqual({ protocol: 'ocpp1.6' });
      expect(send).not.toHaveBeenCalled();
    });

    it('is checked against the protocol of the connection rather than that of the last boot', async () => {
      entry = onlineEntry({ protocol: 'ocpp2.0.1' });
      await sut().send('CP-1', call('Reset', { type: 'OnIdle' }), options);
      expect(send).toHaveBeenCalledTimes(1);
    });

    it('is left to the owner when the protocol is not known here', async () => {
      entry = null;
      row = chargePointRecord({ protocol: null });
      await sut().send('CP-1', call('Anything', {}), options);
      row = chargePointRecord({ protocol: 'ocpp9' });
      await sut().send('CP-1', call('Anything', {}), options);
      expect(send).toHaveBeenCalledTimes(2);
    });
  });
});
