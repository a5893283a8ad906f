import { describe, expect, it } from '@jest/globals';
import { notifyCustomerInformation } from './notify-customer-information.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };
const generatedAt = '2026-03-01T10:00:00Z';
const request = { requestId: 9, seqNo: 1, generatedAt, data: 'token 04A1B2C3 char' };

describe('NotifyCustomerInformation', () => {
  it.each([
    { tbc: true, last: false },
    { tbc: undefined, last: true },
  ])('files its text as a part, the last one: $last (N09)', ({ tbc, last }) => {
    const part = { ...request, tbc };
    expect(notifyCustomerInformation.lookups(part, facts)).toEqual({});
    expect(notifyCustomerInformation.decide(part, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'reportPart',
          report: 'CustomerInformation',
          requestId: 9,
          seqNo: 1,
          last,
          items: ['token 04A1B2C3 char'],
          time: { at: new Date(generatedAt) },
        },
      ],
      noted: [],
    });
  });

  it('takes the receive time for a clock that was never set', () => {
    const part = { ...request, generatedAt: '1970-01-01T00:00:00Z' };
    const { before, noted } = notifyCustomerInformation.decide(part, facts);
    expect(before).toMatchObject([{ time: { at: now, raw: '1970-01-01T00:00:00Z' } }]);
    expect(noted).toEqual(['clock-absurd']);
  });
});
