import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CommandOutcome } from '@ocpp-gw/contracts';
import type { CommandRecord } from '@ocpp-gw/persistence';
import { commandRecord } from '../testdata/records.ts';
import { KeyedEnd, type KeyedEndParts } from './keyed-end.ts';

const accepted: CommandOutcome = { kind: 'result', action: 'Reset', payload: {}, status: 'Accepted' };
const ended = commandRecord({ state: 'accepted', endedAt: new Date(), outcome: accepted });
const commands = {
  get: jest.fn<KeyedEndParts['commands']['get']>(),
  end: jest.fn<KeyedEndParts['commands']['end']>(),
  endUntaken: jest.fn<KeyedEndParts['commands']['endUntaken']>(),
};
const attend = jest.fn<(id: string, waitMs: number, known: () => Promise<unknown>) => Promise<unknown>>();
const sut = new KeyedEnd({ commands, bus: { attend: attend as KeyedEndParts['bus']['attend'] } });
const of = (outcome: CommandOutcome, inMs = 50): Promise<CommandOutcome> =>
  sut.of({ commandId: 'c1', at: new Date(), outcome, asked: 'Reset' }, new Date(Date.now() + inMs));
const running: CommandRecord = commandRecord({ state: 'sent' });

beforeEach(() => {
  jest.resetAllMocks();
  attend.mockImplementation(async (_id, _waitMs, known) => known());
  commands.get.mockResolvedValue(running);
});

describe(KeyedEnd.name, () => {
  it.each<CommandOutcome>([
    accepted,
    { kind: 'callerror', action: 'Reset', code: 'X', description: '', details: {} },
    { kind: 'invalidResult', action: 'Reset', reason: '', payload: {} },
    { kind: 'disconnected', action: 'Reset', sent: true },
  ])('is what became of the CALL: $kind', async (outcome) => {
    expect(await of(outcome)).toEqual(outcome);
    expect(commands.end).toHaveBeenCalledWith(expect.objectContaining({ commandId: 'c1', outcome }));
  });

  it.each<CommandOutcome>([
    { kind: 'offline' },
    { kind: 'moved' },
    { kind: 'expired' },
    { kind: 'refused', code: 'draining', reason: '' },
  ])('is that nothing was sent when nobody has taken it: %j', async (outcome) => {
    commands.endUntaken.mockResolvedValue(true);
    expect(await of(outcome)).toEqual(outcome);
    expect(commands.endUntaken).toHaveBeenCalledWith(
      expect.objectContaining({ commandId: 'c1', asked: 'Reset', outcome }),
    );
  });

  it('is expired when nobody has taken it by its deadline', async () => {
    commands.endUntaken.mockResolvedValue(true);
    expect(await of({ kind: 'timeout', action: 'Reset' }, 0)).toEqual({ kind: 'expired' });
  });

  it('is that of whoever has taken it, whatever is heard of others meanwhile', async () => {
    commands.endUntaken.mockResolvedValue(false);
    commands.get.mockResolvedValueOnce(running).mockResolvedValueOnce(running).mockResolvedValue(ended);
    expect(await of({ kind: 'moved' }, 5_000)).toEqual(accepted);
  });

  it('is not known when whoever has taken it does not write it in time', async () => {
    commands.endUntaken.mockResolvedValue(false);
    expect(await of({ kind: 'offline' }, 0)).toEqual({ kind: 'timeout', action: 'Reset' });
    expect(commands.end).not.toHaveBeenCalled();
  });

  it('is not told when it cannot be written', async () => {
    commands.end.mockRejectedValue(new Error('away'));
    commands.endUntaken.mockRejectedValue(new Error('away'));
    await expect(of(accepted)).rejects.toThrow('away');
    await expect(of({ kind: 'offline' })).rejects.toThrow('away');
  });
});
