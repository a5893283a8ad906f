import { describe, expect, it } from '@jest/globals';
import { stopTransaction } from './stop-transaction.ts';

const facts = { cpId: 'CP-1', now: new Date('2026-03-01T11:00:05Z') };
const at = new Date('2026-03-01T11:00:00Z');
const request = { transactionId: 42, meterStop: 9000, timestamp: '2026-03-01T11:00:00Z' };
const transaction = { transactionId: '42', state: 'active', evseId: 2, connectorId: 2, meterStartWh: 1500 } as const;
const nothing = { ...facts, idToken: null, transaction: null };

describe('StopTransaction', () => {
  it.each([
    { transactionId: 42, query: { by: 'id', transactionId: '42' } },
    { transactionId: -1, query: { by: 'evse', evseId: 0, connectorId: 0, at } },
    { transactionId: 0, query: { by: 'evse', evseId: 0, connectorId: 0, at } },
    { transactionId: 2_147_483_648, query: { by: 'evse', evseId: 0, connectorId: 0, at } },
    { transactionId: 9_223_372_036_854_776_000, query: { by: 'evse', evseId: 0, connectorId: 0, at } },
  ])('looks up the transaction $transactionId', ({ transactionId, query }) => {
    expect(stopTransaction.lookups({ ...request, transactionId }, facts)).toEqual({
      idToken: null,
      transaction: query,
    });
  });

  it('asks about the tag that stopped it, if one did', () => {
    expect(stopTransaction.lookups({ ...request, idTag: 'TAG' }, facts).idToken).toEqual({ idToken: 'TAG' });
  });

  it('records the end where the transaction began (4.10)', () => {
    const stopped = { ...request, idTag: 'TAG', reason: 'EVDisconnected' as const };
    expect(stopTransaction.decide(stopped, { ...facts, transaction, idToken: { status: 'Accepted' } })).toEqual({
      reply: { idTagInfo: { status: 'Accepted' } },
      before: [
        {
          kind: 'transactionEnded',
          evseId: 2,
          connectorId: 2,
          transactionId: '42',
          idToken: { idToken: 'TAG' },
          idTokenStatus: 'Accepted',
          samples: [],
          reason: 'EVDisconnected',
          meterStopWh: 9000,
          time: { at },
        },
      ],
      noted: [],
    });
  });

  it.each(['', 'x'.repeat(21)])('ends for the tag "%s", no IdToken of 1.6, and asks nobody (notes 4.17)', (idTag) => {
    const stopped = { ...request, idTag };
    expect(stopTransaction.lookups(stopped, facts).idToken).toBeNull();
    expect(stopTransaction.decide(stopped, { ...nothing, transaction })).toMatchObject({
      reply: { idTagInfo: { status: 'Invalid' } },
      before: [{ transactionId: '42', idToken: { idToken: idTag }, idTokenStatus: 'Invalid' }],
    });
  });

  it('answers without idTagInfo where no tag stopped it', () => {
    expect(stopTransaction.decide(request, { ...nothing, transaction }).reply).toEqual({});
  });

  it('takes a missing reason for Local', () => {
    expect(stopTransaction.decide(request, { ...nothing, transaction }).before).toMatchObject([{ reason: 'Local' }]);
  });

  it.each([42, -1, 0])(
    'files an unknown transaction %d as an orphan and answers as if it were known (notes 4.5)',
    (transactionId) => {
      expect(stopTransaction.decide({ ...request, transactionId }, nothing)).toMatchObject({
        reply: {},
        before: [
          { kind: 'transactionEnded', transactionId: String(transactionId), orphan: true, evseId: 0, connectorId: 0 },
        ],
      });
    },
  );

  it('stops the transaction found in place of -1 (errata 3.18)', () => {
    const [effect] = stopTransaction.decide({ ...request, transactionId: -1 }, { ...nothing, transaction }).before;
    expect(effect).toMatchObject({ transactionId: '42', evseId: 2 });
    expect(effect).not.toHaveProperty('orphan');
  });

  it('does not stop in place of -1 what began at a higher register than this stop', () => {
    const stop = { ...request, transactionId: -1, meterStop: 1000 };
    expect(stopTransaction.decide(stop, { ...nothing, transaction }).before).toMatchObject([{ orphan: true }]);
  });

  it('takes a negative register for one that was not told, which rules no transaction out', () => {
    const stop = { ...request, transactionId: -1, meterStop: -1 };
    const [effect] = stopTransaction.decide(stop, { ...nothing, transaction }).before;
    expect(effect).toMatchObject({ transactionId: '42', meterStopWh: undefined });
    expect(effect).not.toHaveProperty('orphan');
  });

  it('reads a register that was not told from the last reading of the transaction', () => {
    const transactionData = [
      { timestamp: '2026-03-01T11:00:00Z', sampledValue: [{ value: '9', unit: 'kWh' as const }] },
      { timestamp: '2026-03-01T10:00:00Z', sampledValue: [{ value: '1500' }] },
    ];
    const stop = { ...request, meterStop: -1, transactionData };
    expect(stopTransaction.decide(stop, { ...nothing, transaction }).before).toMatchObject([{ meterStopWh: 9000 }]);
  });

  it.each([
    { what: 'nothing of a good message', of: {}, noted: [] },
    {
      what: 'an id that names no transaction, though one was found',
      of: { transactionId: -1 },
      noted: ['transaction-id-unusable'],
    },
    { what: 'a clock that was never set', of: { timestamp: '1970-01-01T01:00:00Z' }, noted: ['clock-absurd'] },
    { what: 'no clock in an empty text', of: { timestamp: '' }, noted: [] },
    {
      what: 'such a clock in its readings',
      of: { transactionData: [{ timestamp: '0001-01-01T00:00:00Z', sampledValue: [] }] },
      noted: ['clock-absurd'],
    },
    {
      what: 'a reading that is no number',
      of: { transactionData: [{ timestamp: request.timestamp, sampledValue: [{ value: '' }] }] },
      noted: ['reading-not-numeric'],
    },
  ])('notes $what', ({ of, noted }) => {
    expect(stopTransaction.decide({ ...request, ...of }, { ...nothing, transaction }).noted).toEqual(noted);
  });

  it.each([
    { transactionId: 42, noted: ['stop-of-unknown-transaction'] },
    { transactionId: 0, noted: ['transaction-id-unusable', 'stop-of-unknown-transaction'] },
  ])('notes that $transactionId stops nothing that is known', ({ transactionId, noted }) => {
    expect(stopTransaction.decide({ ...request, transactionId }, nothing).noted).toEqual(noted);
  });

  it('records the readings of transactionData', () => {
    const transactionData = [
      { timestamp: '2026-03-01T10:00:00Z', sampledValue: [{ value: '1500', context: 'Transaction.Begin' as const }] },
      { timestamp: '2026-03-01T11:00:00Z', sampledValue: [{ value: '9000', context: 'Transaction.End' as const }] },
    ];
    expect(stopTransaction.decide({ ...request, transactionData }, { ...nothing, transaction }).before).toMatchObject([
      {
        samples: [
          { value: 1500, context: 'Transaction.Begin', at: new Date('2026-03-01T10:00:00Z') },
          { value: 9000, context: 'Transaction.End', at },
        ],
      },
    ]);
  });
});
