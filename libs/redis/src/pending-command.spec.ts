import { describe, expect, it } from '@jest/globals';
import type { CommandOutcome } from '@ocpp-gw/contracts';
import { PendingCommand } from './pending-command.ts';

const result: CommandOutcome = { kind: 'result', action: 'Reset', payload: { status: 'Accepted' } };
const gone: CommandOutcome = { kind: 'disconnected', action: 'Reset', sent: false };
const expired: CommandOutcome = { kind: 'expired' };

describe(PendingCommand.name, () => {
  it('ends with the only owner’s reply', async () => {
    const sut = new PendingCommand();
    const outcome = sut.outcome(1, 1000);
    sut.onReply({ epoch: 1, outcome: gone });
    await expect(outcome).resolves.toEqual({ outcome: gone, recorded: false });
  });

  it('says whether the owner has written the end', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: result, recorded: true });
    await expect(sut.outcome(1, 1000)).resolves.toEqual({ outcome: result, recorded: true });
  });

  it('takes a reply that came before the number of owners was known', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: gone });
    await expect(sut.outcome(1, 1000)).resolves.toEqual({ outcome: gone, recorded: false });
  });

  it('does not let an old owner’s failure hide the answer of the charger', async () => {
    const sut = new PendingCommand();
    const outcome = sut.outcome(2, 1000);
    sut.onReply({ epoch: 1, outcome: gone });
    sut.onReply({ epoch: 2, outcome: result });
    await expect(outcome).resolves.toEqual({ outcome: result, recorded: false });
  });

  it('takes the charger’s answer at once, whoever carried it', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: result });
    await expect(sut.outcome(2, 60_000)).resolves.toEqual({ outcome: result, recorded: false });
  });

  it('believes the newest of several owners that failed', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 5, outcome: expired });
    sut.onReply({ epoch: 4, outcome: gone });
    await expect(sut.outcome(2, 60_000)).resolves.toEqual({ outcome: expired, recorded: false });
  });

  it.each<CommandOutcome>([{ kind: 'moved' }, expired])(
    'never lets a newer owner that sent nothing (%j) hide that an older one did',
    async (unsent) => {
      const sent: CommandOutcome = { kind: 'disconnected', action: 'Reset', sent: true };
      const sut = new PendingCommand();
      sut.onReply({ epoch: 9, outcome: unsent });
      sut.onReply({ epoch: 1, outcome: sent });
      await expect(sut.outcome(2, 60_000)).resolves.toEqual({ outcome: sent, recorded: false });
    },
  );

  it('does not say that nothing was sent while an owner has said nothing', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: gone });
    await expect(sut.outcome(2, 5)).resolves.toBeNull();
    await expect(new PendingCommand().outcome(1, 5)).resolves.toBeNull();
  });

  it('says that it was sent when the time is over, whoever else said nothing', async () => {
    const sent: CommandOutcome = { kind: 'timeout', action: 'Reset' };
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: sent });
    await expect(sut.outcome(2, 5)).resolves.toEqual({ outcome: sent, recorded: false });
  });

  it('ends at once when abandoned', async () => {
    const sut = new PendingCommand();
    const outcome = sut.outcome(1, 60_000);
    sut.abandon();
    await expect(outcome).resolves.toBeNull();
    expect(sut.interrupted).toBe(true);
  });
});
