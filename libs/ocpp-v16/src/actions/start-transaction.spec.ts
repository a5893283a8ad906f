import { describe, expect, it } from '@jest/globals';
import { startTransaction } from './start-transaction.ts';

const facts = { cpId: 'CP-1', now: new Date('2026-03-01T10:00:05Z') };
const request = { connectorId: 2, idTag: 'TAG', timestamp: '2026-03-01T10:00:00Z', meterStart: 1500 };
const key = request;
const accepted = { status: 'Accepted' } as const;

describe('StartTransaction', () => {
  it('asks about the tag again, and for the transaction of its natural key', () => {
    expect(startTransaction.lookups(request, facts)).toEqual({ idToken: { idToken: 'TAG' }, transactionStart: key });
  });

  it('answers with the reserved id and records the start (4.8)', () => {
    const start = { ...facts, idToken: accepted, transactionStart: { transactionId: 42 } };
    expect(startTransaction.decide({ ...request, reservationId: 9 }, start)).toEqual({
      reply: { transactionId: 42, idTagInfo: { status: 'Accepted' } },
      before: [
        {
          kind: 'transactionStarted',
          evseId: 2,
          connectorId: 2,
          transactionId: '42',
          idToken: { idToken: 'TAG' },
          idTokenStatus: 'Accepted',
          reservationId: 9,
          samples: [],
          meterStartWh: 1500,
          naturalKey: key,
          time: { at: new Date('2026-03-01T10:00:00Z') },
        },
      ],
    });
  });

  it.each(['Blocked', 'Expired', 'Invalid', 'ConcurrentTx'] as const)(
    'gives a transactionId to a tag that is %s, and records the status',
    (status) => {
      const start = { ...facts, idToken: { status }, transactionStart: { transactionId: 43 } };
      const { reply, before } = startTransaction.decide(request, start);
      expect(reply).toEqual({ transactionId: 43, idTagInfo: { status } });
      expect(before).toMatchObject([{ idTokenStatus: status }]);
    },
  );

  it('answers a retry with the id and the status of the first try, whatever the tag is by now', () => {
    const retry = {
      ...facts,
      idToken: { status: 'ConcurrentTx', group: { idToken: 'FLEET' } } as const,
      transactionStart: { transactionId: 42, knownStatus: 'Accepted' },
    };
    const { reply, before } = startTransaction.decide(request, retry);
    expect(reply).toEqual({ transactionId: 42, idTagInfo: { status: 'Accepted', parentIdTag: 'FLEET' } });
    expect(before).toMatchObject([{ naturalKey: key, idTokenStatus: 'Accepted' }]);
  });

  it('does not repeat a recorded status that 1.6 lacks', () => {
    const retry = {
      ...facts,
      idToken: accepted,
      transactionStart: { transactionId: 42, knownStatus: 'NoCredit' },
    };
    expect(startTransaction.decide(request, retry).reply.idTagInfo.status).toBe('Accepted');
  });

  it('takes reservation 0 for none (Growatt)', () => {
    const start = { ...facts, idToken: accepted, transactionStart: { transactionId: 42 } };
    const [effect] = startTransaction.decide({ ...request, reservationId: 0 }, start).before;
    expect(effect).toMatchObject({ reservationId: undefined });
  });

  it('keys by the text of an absurd clock and records the receive time', () => {
    const unset = { ...request, timestamp: '1970-01-01T00:00:12Z' };
    const start = { ...facts, idToken: accepted, transactionStart: { transactionId: 42 } };
    expect(startTransaction.decide(unset, start).before).toMatchObject([
      { naturalKey: { timestamp: '1970-01-01T00:00:12Z' }, time: { at: facts.now, raw: '1970-01-01T00:00:12Z' } },
    ]);
  });
});
