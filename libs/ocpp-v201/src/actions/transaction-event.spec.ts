import { describe, expect, it } from '@jest/globals';
import { billOf, readRegisters, type Bill, type TransactionEndedEffect } from '@ocpp-gw/ocpp-j';
import type { MeterValueType, TransactionEventRequest } from '#generated/messages.d.ts';
import { transactionEvent } from './transaction-event.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T11:00:05Z'), idToken: null, cost: null };
const timestamp = '2026-03-01T11:00:00Z';
const at = new Date(timestamp);
const idToken = { idToken: 'TOKEN', type: 'ISO14443' } as const;

const event = (more: Partial<TransactionEventRequest> = {}): TransactionEventRequest => ({
  eventType: 'Updated',
  timestamp,
  triggerReason: 'MeterValuePeriodic',
  seqNo: 3,
  transactionInfo: { transactionId: 'T-1' },
  ...more,
});

const register = (
  value: number,
  context?: NonNullable<MeterValueType['sampledValue'][number]['context']>,
  time = timestamp,
): MeterValueType => ({ timestamp: time, sampledValue: [{ value, context }] });

/** The registers of the bill that the event tells. */
function reported(request: TransactionEventRequest): Bill {
  const [effect] = transactionEvent.decide(request, facts).before;
  const { samples } = effect as TransactionEndedEffect;
  const role = request.eventType === 'Started' ? 'started' : 'ended';
  return billOf(readRegisters({ role, samples, at }), { ended: role === 'ended' });
}

describe('TransactionEvent', () => {
  it('Started records the start with all it says, and answers the token (E01, C01)', () => {
    const started = event({
      eventType: 'Started',
      seqNo: 0,
      triggerReason: 'Authorized',
      offline: true,
      transactionInfo: { transactionId: 'T-1', chargingState: 'EVConnected', remoteStartId: 5 },
      reservationId: 0,
      evse: { id: 2, connectorId: 1 },
      idToken,
      meterValue: [register(1500, 'Transaction.Begin')],
    });
    expect(transactionEvent.lookups(started, facts)).toEqual({ idToken, cost: null });
    const decision = transactionEvent.decide(started, { ...facts, idToken: { status: 'Accepted' } });
    expect(decision).toEqual({
      reply: { idTokenInfo: { status: 'Accepted' } },
      before: [
        {
          kind: 'transactionStarted',
          evseId: 2,
          connectorId: 1,
          transactionId: 'T-1',
          seqNo: 0,
          triggerReason: 'Authorized',
          chargingState: 'EVConnected',
          offline: true,
          idToken,
          idTokenStatus: 'Accepted',
          samples: [expect.objectContaining({ value: 1500, context: 'Transaction.Begin' })],
          remoteStartId: 5,
          reservationId: 0,
          time: { at },
        },
      ],
      noted: [],
    });
  });

  it.each(['Started', 'Updated', 'Ended'] as const)('%s with a token has it authorized and answered', (eventType) => {
    const request = event({ eventType, idToken });
    const group = { idToken: 'FLEET', type: 'Central' };
    expect(transactionEvent.lookups(request, facts)).toMatchObject({ idToken });
    expect(transactionEvent.decide(request, { ...facts, idToken: { status: 'NoCredit', group } })).toMatchObject({
      reply: { idTokenInfo: { status: 'NoCredit', groupIdToken: group } },
      before: [{ idToken, idTokenStatus: 'NoCredit', groupToken: 'FLEET' }],
    });
  });

  it.each(['Started', 'Updated', 'Ended'] as const)('%s without a token is answered with nothing', (eventType) => {
    expect(transactionEvent.lookups(event({ eventType }), facts)).toMatchObject({ idToken: null });
    expect(transactionEvent.decide(event({ eventType }), facts).reply).toEqual({});
  });

  it('Updated need not say where: EVSE 0 is "not said"', () => {
    expect(transactionEvent.decide(event(), facts).before).toMatchObject([
      { kind: 'transactionUpdated', evseId: 0, connectorId: 0, seqNo: 3, offline: false },
    ]);
    expect(transactionEvent.decide(event({ evse: { id: 1 } }), facts).before).toMatchObject([
      { evseId: 1, connectorId: 0 },
    ]);
  });

  it('Ended without a reason means Local (E06)', () => {
    expect(transactionEvent.decide(event({ eventType: 'Ended' }), facts).before).toMatchObject([
      { kind: 'transactionEnded', reason: 'Local' },
    ]);
  });

  it('Ended says why, and where the register stood', () => {
    const ended = event({
      eventType: 'Ended',
      transactionInfo: { transactionId: 'T-1', stoppedReason: 'EVDisconnected' },
      meterValue: [
        register(9000, 'Transaction.End'),
        register(1500, 'Transaction.Begin', '2026-03-01T10:00:00Z'),
        register(4000, 'Sample.Clock', '2026-03-01T11:00:01Z'),
      ],
    });
    expect(transactionEvent.decide(ended, facts).before).toMatchObject([
      { reason: 'EVDisconnected', samples: [{}, {}, {}] },
    ]);
    expect(reported(ended)).toMatchObject({ meterStopWh: 9000 });
  });

  it.each([
    { eventType: 'Started', field: 'meterStartWh', wh: 1500 },
    { eventType: 'Ended', field: 'meterStopWh', wh: 9000 },
  ] as const)('$eventType takes an unmarked register for $field', ({ eventType, field, wh }) => {
    const meterValue = [register(1500, undefined, '2026-03-01T10:00:00Z'), register(9000)];
    expect(reported(event({ eventType, meterValue }))).toMatchObject({ [field]: wh });
  });

  it('accepts empty lists of readings', () => {
    expect(transactionEvent.decide(event({ meterValue: [] }), facts).before).toMatchObject([{ samples: [] }]);
  });

  it('keeps an absurd clock beside the receive time', () => {
    expect(transactionEvent.decide(event({ timestamp: '0001-01-01T00:00:00Z' }), facts).before).toMatchObject([
      { time: { at: facts.now, raw: '0001-01-01T00:00:00Z', assumed: true } },
    ]);
  });

  it('a start without a token is accepted, and nobody is asked (C02, citrineos#964)', () => {
    const none = { idToken: '', type: 'NoAuthorization' } as const;
    const started = event({ eventType: 'Started', idToken: none });
    expect(transactionEvent.lookups(started, facts)).toEqual({ idToken: null, cost: null });
    expect(transactionEvent.decide(started, facts)).toMatchObject({
      reply: { idTokenInfo: { status: 'Accepted' } },
      before: [{ idToken: none, idTokenStatus: 'Accepted' }],
    });
  });

  it.each([
    { eventType: 'Updated', final: false },
    { eventType: 'Ended', final: true },
  ] as const)('$eventType asks for the cost by the register last reported (I02, I03)', ({ eventType, final }) => {
    const meterValue = [register(1500, undefined, '2026-03-01T10:00:00Z'), register(9000)];
    expect(transactionEvent.lookups(event({ eventType, meterValue }), facts).cost).toEqual({
      transactionId: 'T-1',
      final,
      meterWh: 9000,
      at,
    });
    expect(transactionEvent.lookups(event({ eventType }), facts).cost).toMatchObject({ meterWh: undefined });
  });

  it.each([
    { what: 'Started', of: { eventType: 'Started' } },
    { what: 'an update that is replayed', of: { eventType: 'Updated', offline: true } },
  ] as const)('$what asks for no cost', ({ of }) => {
    expect(transactionEvent.lookups(event(of), facts).cost).toBeNull();
  });

  it('an end that is replayed gets its total all the same', () => {
    expect(transactionEvent.lookups(event({ eventType: 'Ended', offline: true }), facts).cost).toMatchObject({
      final: true,
    });
  });

  it.each([0, 12.5])('Ended is answered with the total %d, which is recorded (I03)', (totalCost) => {
    const cost = { totalCost, cost: { amount: String(totalCost), currency: 'EUR' } };
    const decision = transactionEvent.decide(event({ eventType: 'Ended' }), { ...facts, cost });
    expect(decision).toMatchObject({ reply: { totalCost }, before: [cost] });
    expect(decision.after).toBeUndefined();
  });

  it.each([0, 4.2])('Updated gets the cost so far, %d, once its answer has left (I02)', (totalCost) => {
    const decision = transactionEvent.decide(event(), { ...facts, cost: { totalCost } });
    expect(decision.reply).toEqual({});
    expect(decision.before).toMatchObject([{ totalCost }]);
    expect(decision.after).toEqual([{ kind: 'CostUpdated', transactionId: 'T-1', totalCost }]);
  });

  it.each(['Updated', 'Ended'] as const)('%s says nothing of a cost that nobody knows', (eventType) => {
    const decision = transactionEvent.decide(event({ eventType }), facts);
    expect(decision.reply).toEqual({});
    expect(decision.after).toBeUndefined();
  });

  it.each([
    { what: 'nothing of a good event', of: { meterValue: [register(1)] }, noted: [] },
    { what: 'a clock that was never set', of: { timestamp: '1970-01-01T00:00:00Z' }, noted: ['clock-absurd'] },
    {
      what: 'such a clock in its readings',
      of: { meterValue: [register(1, undefined, '0001-01-01T00:00:00Z')] },
      noted: ['clock-absurd'],
    },
    {
      what: 'a reading that is no number',
      of: { meterValue: [register('n/a' as never)] },
      noted: ['reading-not-numeric'],
    },
  ])('notes $what', ({ of, noted }) => {
    expect(transactionEvent.decide(event(of), facts).noted).toEqual(noted);
  });
});
