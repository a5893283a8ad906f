import { describe, expect, it } from '@jest/globals';
import { remoteStop } from './remote-stop.ts';

describe('RequestStopTransaction', () => {
  it.each(['42', 'b7f2c9d4-0d3b-4c8e-9a55-0f1e2d3c4b5a'])('names the transaction %s', (transactionId) => {
    expect(remoteStop.toCall({ kind: 'RemoteStop', transactionId })).toEqual({
      ok: true,
      action: 'RequestStopTransaction',
      payload: { transactionId },
    });
  });

  it('refuses an id longer than a station may make', () => {
    expect(remoteStop.toCall({ kind: 'RemoteStop', transactionId: 'x'.repeat(37) })).toMatchObject({
      ok: false,
      kind: 'invalidPayload',
      errors: [{ path: '/transactionId' }],
    });
  });
});
