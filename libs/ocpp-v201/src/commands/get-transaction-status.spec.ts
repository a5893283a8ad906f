import { describe, expect, it } from '@jest/globals';
import { getTransactionStatus, readTransactionStatus } from './get-transaction-status.ts';

describe('GetTransactionStatus', () => {
  it.each([{}, { transactionId: 'b7f2c9' }])('sends %j (TC_E_29, TC_E_33)', (payload) => {
    expect(getTransactionStatus.toCall({ kind: 'GetTransactionStatus', ...payload })).toEqual({
      ok: true,
      action: 'GetTransactionStatus',
      payload,
    });
  });

  it('refuses an id longer than a station may make', () => {
    expect(getTransactionStatus.toCall({ kind: 'GetTransactionStatus', transactionId: 'x'.repeat(37) })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/transactionId' }],
    });
  });

  it.each([
    [true, true],
    [false, true],
    [false, false],
  ])('tells of its transaction: ongoing %s, queue %s', (ongoing, messagesInQueue) => {
    const answer = { ongoingIndicator: ongoing, messagesInQueue };
    expect(getTransactionStatus.mirror.answered({ transactionId: 'b7f2c9' }, answer)).toEqual([
      { kind: 'transactionStatusReported', transactionId: 'b7f2c9', ongoing, messagesInQueue },
    ]);
    expect(readTransactionStatus(answer)).toEqual({ ongoing, messagesInQueue });
  });

  it('of no transaction, or of one of which the station does not say whether it goes on, settles nothing', () => {
    const answer = { messagesInQueue: false };
    expect(getTransactionStatus.mirror.answered({}, { ...answer, ongoingIndicator: false })).toEqual([]);
    expect(getTransactionStatus.mirror.answered({ transactionId: 'b7f2c9' }, answer)).toEqual([]);
    expect(readTransactionStatus(answer)).toEqual({ messagesInQueue: false });
  });
});
