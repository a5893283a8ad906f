import { describe, expect, it } from '@jest/globals';
import { endedEvent, meterEvent, startedEvent, statusEvent, updatedEvent } from '@ocpp-gw/testing';
import { publishedOf } from './published.ts';

describe('publishedOf', () => {
  it.each([
    ['started', startedEvent({ transactionId: 'T1', seqNo: 4, samples: [] })],
    ['updated', updatedEvent({ transactionId: 'T1', seqNo: 4, samples: [] })],
    ['ended', endedEvent({ transactionId: 'T1', seqNo: 4, samples: [] })],
  ])('names a transaction event by its transaction and its number: %s', (kind, event) => {
    const { id, cpId } = event;
    expect(publishedOf(event)).toEqual([{ id, cpId, kind, transactionId: 'T1', seqNo: 4, samples: [] }]);
  });

  it('names each reading of the energy register by time, register and context', () => {
    const measurand = 'Energy.Active.Import.Register';
    const sampledAt = new Date('2026-01-01T10:00:00Z');
    const samples = [
      { sampledAt, value: 7, measurand, context: 'Sample.Periodic' },
      { sampledAt, value: 230, measurand: 'Voltage' },
      { sampledAt, value: 8, measurand, context: 'Transaction.End' },
    ];
    const [published] = publishedOf(meterEvent({ transactionId: 'T1', samples }));
    const at = sampledAt.getTime();
    expect(published).toMatchObject({
      kind: 'meter',
      transactionId: 'T1',
      samples: [
        { at, wh: 7, context: 'Sample.Periodic' },
        { at, wh: 8, context: 'Transaction.End' },
      ],
    });
  });

  it('leaves out what no record is about', () => {
    expect(publishedOf(statusEvent())).toEqual([]);
  });
});
