import { afterEach, describe, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { randomUUID } from 'node:crypto';
import { booted } from '../booted-charger.ts';
import { rest, type RestAnswer, type Stack } from '../stack.ts';
import { until } from '../until.ts';

interface Start {
  evse: number;
  tag: string;
  /** 2.0.1 says which remote start led to it. */
  remoteStartId?: unknown;
  at?: Date;
}

interface Version {
  protocol: 'ocpp1.6' | 'ocpp2.0.1';
  action: string;
  /** Resolves to the id of the transaction. */
  start(charger: FakeCharger, start: Start): Promise<string>;
  stop(charger: FakeCharger, transactionId: string): Promise<unknown>;
}

const now = (): string => new Date().toISOString();

const V16: Version = {
  protocol: 'ocpp1.6',
  action: 'RemoteStartTransaction',
  async start(charger, { evse, tag, at = new Date() }) {
    const begun = { connectorId: evse, idTag: tag, meterStart: 0, timestamp: at.toISOString() };
    return String((await charger.call('StartTransaction', begun))['transactionId']);
  },
  stop: (charger, transactionId) =>
    charger.call('StopTransaction', { transactionId: Number(transactionId), meterStop: 9, timestamp: now() }),
};

const V201: Version = {
  protocol: 'ocpp2.0.1',
  action: 'RequestStartTransaction',
  async start(charger, { evse, tag, remoteStartId, at = new Date() }) {
    const transactionId = randomUUID();
    await charger.call('TransactionEvent', {
      eventType: 'Started',
      timestamp: at.toISOString(),
      triggerReason: remoteStartId === undefined ? 'Authorized' : 'RemoteStart',
      seqNo: 0,
      transactionInfo: { transactionId, ...(remoteStartId === undefined ? {} : { remoteStartId }) },
      idToken: { idToken: tag, type: 'Central' },
      evse: { id: evse, connectorId: 1 },
    });
    return transactionId;
  },
  stop: (charger, transactionId) =>
    charger.call('TransactionEvent', {
      eventType: 'Ended',
      timestamp: now(),
      triggerReason: 'StopAuthorized',
      seqNo: 1,
      transactionInfo: { transactionId },
    }),
};

/** Whatever comes between a remote start and its transaction, the command leads to it. */
export function remoteStartsSuite(stack: () => Stack): void {
  describe.each([V16, V201])('of $protocol', (version) => {
    const chargers: FakeCharger[] = [];
    let cpId: string;
    let tag: string;

    afterEach(async () => {
      await Promise.all(chargers.splice(0).map((charger) => charger.close()));
    });

    /** The charge point of this test on a pod, once the gateway knows that it is there. */
    const connect = async (pod: 0 | 1): Promise<FakeCharger> => {
      const charger = await booted(stack().edgeUrls[pod], cpId, version.protocol);
      chargers.push(charger);
      await until('it to be online', async () =>
        expect(await rest(stack(), 'GET', `/charge-points/${cpId}`)).toMatchObject({ body: { online: true } }),
      );
      return charger;
    };
    const begin = (): Promise<FakeCharger> => {
      cpId = `START-${randomUUID().slice(0, 8)}`;
      tag = `TAG${randomUUID().slice(0, 8)}`;
      return connect(0);
    };
    const ask = (timeoutS = 10): Promise<RestAnswer> =>
      rest(stack(), 'POST', `/charge-points/${cpId}/commands/remote-start`, {
        ...{ id_token: tag, evse_id: 1, timeout_s: timeoutS },
      });
    const accepted = async (charger: FakeCharger): Promise<RestAnswer> => {
      charger.answer(version.action, () => ({ status: 'Accepted' }));
      const answer = await ask();
      expect(answer).toMatchObject({ status: 200, body: { status: 'Accepted' } });
      return answer;
    };
    /** What the charge point starts by the remote start that it got. */
    const startOf = (charger: FakeCharger) => {
      const call = charger.received.findLast((frame) => frame[0] === 2 && frame[2] === version.action);
      return { evse: 1, tag, remoteStartId: (call?.[3] as { remoteStartId?: number }).remoteStartId };
    };
    const leadsTo = ({ body }: RestAnswer, transactionId: string | null, state = 'accepted'): Promise<void> =>
      until('the link', async () =>
        expect(await rest(stack(), 'GET', `/commands/${String(body['command_id'])}`)).toMatchObject({
          body: { state, links: { transaction_id: transactionId } },
        }),
      );
    const died = async (pod: 0 | 1, meanwhile: () => Promise<void>): Promise<void> => {
      const process = stack().edges[pod];
      await process.stop('SIGKILL');
      try {
        await meanwhile();
      } finally {
        await process.launch();
      }
    };

    it('leads past a session at the other connector, and one that another token starts', async () => {
      const charger = await begin();
      const answer = await accepted(charger);
      await version.start(charger, { evse: 2, tag: 'OTHER-1' });
      const byOther = await version.start(charger, { evse: 1, tag: 'OTHER-2' });
      await version.stop(charger, byOther);
      await leadsTo(answer, null);
      await leadsTo(answer, await version.start(charger, startOf(charger)));
    });

    it('leads to the first of two by the same token', async () => {
      const charger = await begin();
      const answer = await accepted(charger);
      const first = await version.start(charger, startOf(charger));
      await version.stop(charger, first);
      await version.start(charger, { evse: 1, tag });
      await leadsTo(answer, first);
    });

    it('leads to one that begins before the charge point has answered', async () => {
      const charger = await begin();
      const asked = ask();
      const [, id] = await charger.next();
      const transactionId = await version.start(charger, startOf(charger));
      charger.send([3, id, { status: 'Accepted' }]);
      await leadsTo(await asked, transactionId);
    });

    it('leads past a new connection to another pod, to a start that was kept while there was none', async () => {
      const charger = await begin();
      const answer = await accepted(charger);
      const start = { ...startOf(charger), at: new Date() };
      await charger.close();
      const back = await connect(1);
      await leadsTo(answer, await version.start(back, start));
    });

    it('leads past the end of the pod that sent it', async () => {
      const charger = await begin();
      const answer = await accepted(charger);
      const start = startOf(charger);
      await died(0, async () => {
        const back = await connect(1);
        await leadsTo(answer, await version.start(back, start));
      });
    }, 60_000);

    it('leads to its transaction though the pod that sent it died before it had the answer', async () => {
      const charger = await begin();
      const asked = ask(3);
      await charger.next();
      const start = startOf(charger);
      await died(0, async () => {
        const back = await connect(1);
        const transactionId = await version.start(back, start);
        const answer = await asked;
        expect(answer).toMatchObject({ status: 504, body: { type: 'urn:ocpp-gw:problem:answer-timeout' } });
        await leadsTo(answer, transactionId, 'timeout');
      });
    }, 60_000);

    it('leads nowhere when the charge point refuses it, whoever starts afterwards', async () => {
      const charger = await begin();
      charger.answer(version.action, () => ({ status: 'Rejected' }));
      const rejected = await ask();
      charger.answer(version.action, (_, id) => [4, id, 'InternalError', '', {}]);
      const failed = await ask();
      await version.start(charger, { evse: 1, tag });
      await leadsTo(rejected, null, 'rejected');
      await leadsTo(failed, null, 'callerror');
    });
  });
}
