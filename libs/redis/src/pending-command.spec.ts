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
    await expect(outcome).resolves.toEqual(gone);
  });

  it('takes a reply that came before the number of owners was known', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: gone });
    await expect(sut.outcome(1, 1000)).resolves.toEqual(gone);
  });

  it('does not let an old owner’s failure hide the answer of the charger', async () => {
    const sut = new PendingCommand();
    const outcome = sut.outcome(2, 1000);
    sut.onReply({ epoch: 1, outcome: gone });
    sut.onReply({ epoch: 2, outcome: result });
    await expect(outcome).resolves.toEqual(result);
  });

  it('takes the charger’s answer at once, whoever carried it', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: result });
    await expect(sut.outcome(2, 60_000)).resolves.toEqual(result);
  });

  it('believes the newest of several owners that failed', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 5, outcome: expired });
    sut.onReply({ epoch: 4, outcome: gone });
    await expect(sut.outcome(2, 60_000)).resolves.toEqual(expired);
  });

  it('does not let the newest say that nothing was sent when another sent it', async () => {
    const sent: CommandOutcome = { ...gone, sent: true };
    const sut = new PendingCommand();
    sut.onReply({ epoch: 5, outcome: expired });
    sut.onReply({ epoch: 4, outcome: sent });
    await expect(sut.outcome(2, 60_000)).resolves.toEqual(sent);
  });

  it('has no outcome when the time is over and an owner is silent, who may have sent it', async () => {
    const sut = new PendingCommand();
    sut.onReply({ epoch: 1, outcome: gone });
    await expect(sut.outcome(2, 5)).resolves.toBeNull();
    await expect(new PendingCommand().outcome(1, 5)).resolves.toBeNull();
  });

  it('ends at once when abandoned', async () => {
    const sut = new PendingCommand();
    const outcome = sut.outcome(1, 60_000);
    sut.abandon();
    await expect(outcome).resolves.toBeNull();
    expect(sut.interrupted).toBe(true);
  });
});
