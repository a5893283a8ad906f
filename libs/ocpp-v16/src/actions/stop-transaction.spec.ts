import { describe, expect, it } from '@jest/globals';
import { lastRegisterWh, readRegisters, type TransactionEndedEffect } from '@ocpp-gw/ocpp-j';
import { stopTransaction } from './stop-transaction.ts';

const facts = { cpId: 'CP-1', now: new Date('2026-03-01T11:00:05Z') };
const at = new Date('2026-03-01T11:00:00Z');
const request = { transactionId: 42, meterStop: 9000, timestamp: '2026-03-01T11:00:00Z' };
const nothing = { ...facts, idToken: null };

describe('StopTransaction', () => {
  it.each([42, -1, 0, 2_147_483_648, 9_223_372_036_854_776_000])(
    'asks about no transaction for %d',
    (transactionId) => {
      expect(stopTransaction.lookups({ ...request, transactionId }, facts)).toEqual({ idToken: null });
    },
  );

  it('asks about the tag that stopped it, if one did', () => {
    expect(stopTransaction.lookups({ ...request, idTag: 'TAG' }, facts).idToken).toEqual({ idToken: 'TAG' });
  });

  it('records the end, of whatever transaction was named (4.10)', () => {
    const stopped = { ...request, idTag: 'TAG', reason: 'EVDisconnected' as const };
    expect(stopTransaction.decide(stopped, { ...facts, idToken: { status: 'Accepted' } })).toEqual({
      reply: { idTagInfo: { status: 'Accepted' } },
      before: [
        {
          kind: 'transactionEnded',
          evseId: 0,
          connectorId: 0,
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
    expect(stopTransaction.decide(stopped, nothing)).toMatchObject({
      reply: { idTagInfo: { status: 'Invalid' } },
      before: [{ transactionId: '42', idToken: { idToken: idTag }, idTokenStatus: 'Invalid' }],
    });
  });

  it('answers without idTagInfo where no tag stopped it', () => {
    expect(stopTransaction.decide(request, nothing).reply).toEqual({});
  });

  it('takes a missing reason for Local', () => {
    expect(stopTransaction.decide(request, nothing).before).toMatchObject([{ reason: 'Local' }]);
  });

  it('records of whose group the tag is, as authorized', () => {
    const idToken = { status: 'Accepted', group: { idToken: 'FLEET' } } as const;
    expect(stopTransaction.decide({ ...request, idTag: 'TAG' }, { ...facts, idToken }).before).toMatchObject([
      { groupToken: 'FLEET' },
    ]);
    expect(stopTransaction.decide(request, nothing).before[0]).not.toHaveProperty('groupToken');
  });

  it.each([
    { transactionId: 42, unnamed: undefined },
    { transactionId: 2_147_483_647, unnamed: undefined },
    { transactionId: -1, unnamed: true },
    { transactionId: 0, unnamed: true },
    { transactionId: 2_147_483_648, unnamed: true },
    { transactionId: 9_223_372_036_854_776_000, unnamed: true },
  ])(
    'records $transactionId as sent, and whether it names a transaction at all (notes 4.5, errata 3.18)',
    ({ transactionId, unnamed }) => {
      const { reply, before } = stopTransaction.decide({ ...request, transactionId }, nothing);
      expect(reply).toEqual({});
      expect(before).toMatchObject([
        { kind: 'transactionEnded', transactionId: String(transactionId), evseId: 0, connectorId: 0 },
      ]);
      expect((before[0] as { unnamed?: boolean }).unnamed).toBe(unnamed);
    },
  );

  it('takes a negative register for one that was not sent', () => {
    const [effect] = stopTransaction.decide({ ...request, meterStop: -1 }, nothing).before;
    expect(effect).toMatchObject({ transactionId: '42', meterStopWh: undefined });
  });

  it('leaves a register that was not sent to the readings of the transaction', () => {
    const transactionData = [
      { timestamp: '2026-03-01T11:00:00Z', sampledValue: [{ value: '9', unit: 'kWh' as const }] },
      { timestamp: '2026-03-01T10:00:00Z', sampledValue: [{ value: '1500' }] },
    ];
    const stop = { ...request, meterStop: -1, transactionData };
    const [effect] = stopTransaction.decide(stop, nothing).before;
    expect(effect).toMatchObject({ meterStopWh: undefined });
    const { samples } = effect as TransactionEndedEffect;
    expect(lastRegisterWh(readRegisters({ role: 'ended', samples, at }))).toBe(9000);
  });

  it.each([
    { what: 'nothing of a good message', of: {}, noted: [] },
    {
      what: 'an id that names no transaction',
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
    expect(stopTransaction.decide({ ...request, ...of }, nothing).noted).toEqual(noted);
  });

  it('records the readings of transactionData', () => {
    const transactionData = [
      { timestamp: '2026-03-01T10:00:00Z', sampledValue: [{ value: '1500', context: 'Transaction.Begin' as const }] },
      { timestamp: '2026-03-01T11:00:00Z', sampledValue: [{ value: '9000', context: 'Transaction.End' as const }] },
    ];
    expect(stopTransaction.decide({ ...request, transactionData }, nothing).before).toMatchObject([
      {
        samples: [
          { value: 1500, context: 'Transaction.Begin', at: new Date('2026-03-01T10:00:00Z') },
          { value: 9000, context: 'Transaction.End', at },
        ],
      },
    ]);
  });
});
