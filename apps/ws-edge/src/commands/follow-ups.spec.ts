import { afterEach, describe, expect, it } from '@jest/globals';
import type { Command, CommandOutcome } from '@ocpp-gw/contracts';
import type { Session } from '../session/session.ts';
import type { TestCharger } from '../session/testdata/charger.ts';
import { TestEdge } from '../session/testdata/edge.ts';
import { CommandExecutor } from './command-executor.ts';
import { FollowUps } from './follow-ups.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

async function start() {
  edge = await TestEdge.start();
  const running = edge;
  const recorded: CommandOutcome[] = [];
  const executor = new CommandExecutor({
    session: (cpId) => running.sessions.get(cpId),
    log: {
      sent: () => undefined,
      command: async (_session, _envelope, { outcome }) => recorded.push(outcome) > 0,
    },
    take: () => Promise.resolve(true),
    commit: () => Promise.resolve({ noted: [], after: [] }),
    metrics: running.metrics,
    logger: running.logger,
  });
  const connect = async (): Promise<{ charger: TestCharger; session: Session }> => {
    const charger = await running.connect('CP1', ['ocpp2.0.1']);
    await charger.call('0', 'Heartbeat');
    const session = running.sessions.get('CP1');
    if (!session) throw new Error('no session');
    return { charger, session };
  };
  return { sut: new FollowUps({ executor, logger: running.logger }), recorded, running, connect, ...(await connect()) };
}

const cost = (totalCost: number, transactionId = 'tx'): Command => ({ kind: 'CostUpdated', transactionId, totalCost });

const answered = async (charger: TestCharger, ...answer: unknown[]): Promise<unknown> => {
  const { call, payload } = await charger.next();
  charger.send([answer[0], call, ...answer.slice(1)]);
  return payload;
};

/** Nothing comes before the answer to a heartbeat. */
const hearsNothing = async (charger: TestCharger, id: string): Promise<void> => {
  expect(await charger.call(id, 'Heartbeat')).toMatchObject({ result: id });
};

describe(FollowUps.name, () => {
  it('asks one after the other, goes on after a failure, and tells what was not taken', async () => {
    const { sut, charger, session, recorded, running } = await start();
    const asked = sut.ask(session, [{ kind: 'GetConfiguration' }, cost(1, 'tx-1'), cost(2, 'tx-2')]);
    expect(await answered(charger, 4, 'GenericError', '', {})).toMatchObject({ transactionId: 'tx-1' });
    expect(await answered(charger, 3, {})).toMatchObject({ transactionId: 'tx-2' });
    await asked;
    expect(recorded.map(({ kind }) => kind)).toEqual(['notSupported', 'callerror', 'result']);
    const complaints = running.logger.lines.filter(({ message }) => message.includes('follows its answer'));
    expect(complaints).toHaveLength(2);
  });

  it.each(['NotImplemented', 'NotSupported', 'notimplemented'])(
    'F31 asks once a connection for what the charger answers %s',
    async (word) => {
      const { sut, charger, session, connect } = await start();
      // Three updates before the first answer.
      const asked = Promise.all([1, 2, 3].map((total) => sut.ask(session, [cost(total, `tx-${total}`)])));
      await answered(charger, 4, word, '', {});
      await asked;
      await hearsNothing(charger, '1');
      await sut.ask(session, [cost(4)]);
      await hearsNothing(charger, '2');
      // Another action is another matter.
      const other = sut.ask(session, [{ kind: 'ClearCache' }]);
      await answered(charger, 3, { status: 'Accepted' });
      await other;
      const again = await connect();
      const next = sut.ask(again.session, [cost(5)]);
      expect(await answered(again.charger, 3, {})).toMatchObject({ totalCost: 5 });
      await next;
    },
  );

  it('F31 goes on asking what the charger refuses for another reason', async () => {
    const { sut, charger, session } = await start();
    for (const total of [1, 2]) {
      const asked = sut.ask(session, [cost(total)]);
      expect(await answered(charger, 4, 'InternalError', '', {})).toMatchObject({ totalCost: total });
      await asked;
    }
  });

  it('asks a charger that is slow to answer for the newest of each subject alone', async () => {
    const { sut, charger, session } = await start();
    const asked = [1, 2, 3, 4].map((total) => sut.ask(session, [cost(total)]));
    expect(await answered(charger, 3, {})).toMatchObject({ totalCost: 1 });
    expect(await answered(charger, 3, {})).toMatchObject({ totalCost: 4 });
    await Promise.all(asked);
    await hearsNothing(charger, '1');
  });
});
