import { describe, expect, it } from '@jest/globals';
import { startTransaction } from './start-transaction.ts';

const facts = { cpId: 'CP-1', now: new Date('2026-03-01T10:00:05Z') };
const request = { connectorId: 2, idTag: 'TAG', timestamp: '2026-03-01T10:00:00Z', meterStart: 1500 };
const key = request;
const accepted = { status: 'Accepted' } as const;
const first = { ...facts, idToken: accepted, transactionStart: { transactionId: 42 }, concurrentTransaction: false };

describe('StartTransaction', () => {
  it('asks about the tag again, whether it charges elsewhere, and for the transaction of its natural key', () => {
    expect(startTransaction.lookups(request, facts)).toEqual({
      idToken: { idToken: 'TAG' },
      transactionStart: key,
      concurrentTransaction: { idToken: { idToken: 'TAG' }, start: key },
    });
  });

  it('answers with the reserved id and records the start (4.8)', () => {
    expect(startTransaction.decide({ ...request, reservationId: 9 }, first)).toEqual({
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
      noted: [],
    });
  });

  it.each(['Blocked', 'Expired', 'Invalid', 'ConcurrentTx'] as const)(
    'gives a transactionId to a tag that is %s, and records the status',
    (status) => {
      const { reply, before } = startTransaction.decide(request, { ...first, idToken: { status } });
      expect(reply).toEqual({ transactionId: 42, idTagInfo: { status } });
      expect(before).toMatchObject([{ idTokenStatus: status }]);
    },
  );

  it('answers ConcurrentTx to a tag that charges elsewhere, with an id and its group (4.8)', () => {
    const idToken = { status: 'Accepted', group: { idToken: 'FLEET' } } as const;
    const { reply, before } = startTransaction.decide(request, { ...first, idToken, concurrentTransaction: true });
    expect(reply).toEqual({ transactionId: 42, idTagInfo: { status: 'ConcurrentTx', parentIdTag: 'FLEET' } });
    expect(before).toMatchObject([{ transactionId: '42', idTokenStatus: 'ConcurrentTx' }]);
  });

  it('records of whose group the tag is, as authorized', () => {
    const idToken = { status: 'Accepted', group: { idToken: 'FLEET' } } as const;
    expect(startTransaction.decide(request, { ...first, idToken }).before).toMatchObject([{ groupToken: 'FLEET' }]);
    expect(startTransaction.decide(request, first).before[0]).not.toHaveProperty('groupToken');
  });

  it('tells a tag that is refused for its own sake that reason, wherever it charges', () => {
    const start = { ...first, idToken: { status: 'Expired' } as const, concurrentTransaction: true };
    expect(startTransaction.decide(request, start).reply.idTagInfo.status).toBe('Expired');
  });

  it.each(['', 'x'.repeat(21)])('answers Invalid to "%s", no IdToken of 1.6, and asks nobody (notes 4.17)', (idTag) => {
    const start = { ...request, idTag };
    const asked = startTransaction.lookups(start, facts);
    expect(asked).toEqual({ idToken: null, transactionStart: start, concurrentTransaction: null });
    const nobody = { ...first, idToken: null, concurrentTransaction: null };
    expect(startTransaction.decide(start, nobody)).toMatchObject({
      reply: { transactionId: 42, idTagInfo: { status: 'Invalid' } },
      before: [{ idToken: { idToken: idTag }, idTokenStatus: 'Invalid' }],
    });
  });

  it('takes a negative register for one that was not sent, and keys by it', () => {
    const [effect] = startTransaction.decide({ ...request, meterStart: -1 }, first).before;
    expect(effect).toMatchObject({ meterStartWh: undefined, naturalKey: { meterStart: -1 } });
  });

  it('takes a register of 0 for 0', () => {
    const [effect] = startTransaction.decide({ ...request, meterStart: 0 }, first).before;
    expect(effect).toMatchObject({ meterStartWh: 0 });
  });

  it('answers a retry with the id and the status of the first try, whatever the tag is by now', () => {
    const retry = {
      ...facts,
      idToken: { status: 'ConcurrentTx', group: { idToken: 'FLEET' } } as const,
      transactionStart: { transactionId: 42, knownStatus: 'Accepted' },
      concurrentTransaction: true,
    };
    const { reply, before, noted } = startTransaction.decide(request, retry);
    expect(reply).toEqual({ transactionId: 42, idTagInfo: { status: 'Accepted', parentIdTag: 'FLEET' } });
    expect(before).toMatchObject([{ naturalKey: key, idTokenStatus: 'Accepted' }]);
    expect(noted).toEqual(['start-repeated']);
  });

  it('does not repeat a recorded status that 1.6 lacks, nor finds the retry concurrent', () => {
    const transactionStart = { transactionId: 42, knownStatus: 'NoCredit' };
    const retry = { ...first, transactionStart, concurrentTransaction: true };
    expect(startTransaction.decide(request, retry).reply.idTagInfo.status).toBe('Accepted');
  });

  it('takes reservation 0 for none (Growatt)', () => {
    const { before, noted } = startTransaction.decide({ ...request, reservationId: 0 }, first);
    expect(before).toMatchObject([{ reservationId: undefined }]);
    expect(noted).toEqual(['reservation-id-zero']);
  });

  it('keys by the text of an absurd clock and records the receive time', () => {
    const unset = { ...request, timestamp: '1970-01-01T00:00:12Z' };
    const { before, noted } = startTransaction.decide(unset, first);
    expect(before).toMatchObject([
      {
        naturalKey: { timestamp: '1970-01-01T00:00:12Z' },
        time: { at: facts.now, raw: '1970-01-01T00:00:12Z', assumed: true },
      },
    ]);
    expect(noted).toEqual(['clock-absurd']);
  });
});
