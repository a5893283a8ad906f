import { describe, expect, it } from '@jest/globals';
import type { MeterValueType, TransactionEventRequest } from '#generated/messages.d.ts';
import { transactionEvent } from './transaction-event.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T11:00:05Z'), idToken: null };
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
    expect(transactionEvent.lookups(started, facts)).toEqual({ idToken });
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
          meterStartWh: 1500,
          time: { at },
        },
      ],
    });
  });

  it.each(['Started', 'Updated', 'Ended'] as const)('%s with a token has it authorized and answered', (eventType) => {
    const request = event({ eventType, idToken });
    const group = { idToken: 'FLEET', type: 'Central' };
    expect(transactionEvent.lookups(request, facts)).toEqual({ idToken });
    expect(transactionEvent.decide(request, { ...facts, idToken: { status: 'NoCredit', group } })).toMatchObject({
      reply: { idTokenInfo: { status: 'NoCredit', groupIdToken: group } },
      before: [{ idToken, idTokenStatus: 'NoCredit' }],
    });
  });

  it.each(['Started', 'Updated', 'Ended'] as const)('%s without a token is answered with nothing', (eventType) => {
    expect(transactionEvent.lookups(event({ eventType }), facts)).toEqual({ idToken: null });
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
      { kind: 'transactionEnded', reason: 'Local', meterStopWh: undefined },
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
      { reason: 'EVDisconnected', meterStopWh: 9000, samples: [{}, {}, {}] },
    ]);
  });

  it.each([
    { eventType: 'Started', field: 'meterStartWh', wh: 1500 },
    { eventType: 'Ended', field: 'meterStopWh', wh: 9000 },
  ] as const)('$eventType takes an unmarked register for $field', ({ eventType, field, wh }) => {
    const meterValue = [register(1500, undefined, '2026-03-01T10:00:00Z'), register(9000)];
    expect(transactionEvent.decide(event({ eventType, meterValue }), facts).before).toMatchObject([{ [field]: wh }]);
  });

  it('accepts empty lists of readings', () => {
    expect(transactionEvent.decide(event({ meterValue: [] }), facts).before).toMatchObject([{ samples: [] }]);
  });

  it('keeps an absurd clock beside the receive time', () => {
    expect(transactionEvent.decide(event({ timestamp: '0001-01-01T00:00:00Z' }), facts).before).toMatchObject([
      { time: { at: facts.now, raw: '0001-01-01T00:00:00Z' } },
    ]);
  });
});
