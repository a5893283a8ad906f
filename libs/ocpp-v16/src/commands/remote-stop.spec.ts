import { describe, expect, it } from '@jest/globals';
import { remoteStop } from './remote-stop.ts';

describe('RemoteStopTransaction', () => {
  it.each(['0', '42', '2147483647'])('is sent for %s', (transactionId) => {
    expect(remoteStop.toCall({ kind: 'RemoteStop', transactionId })).toEqual({
      ok: true,
      action: 'RemoteStopTransaction',
      payload: { transactionId: Number(transactionId) },
    });
  });

  it.each(['2147483648', '-1', '4.2', '1e3', ' 42', '', 'b7f2c9'])(
    'refuses "%s", which is no id of 1.6',
    (transactionId) => {
      expect(remoteStop.toCall({ kind: 'RemoteStop', transactionId })).toEqual({
        ok: false,
        kind: 'invalidPayload',
        action: 'RemoteStopTransaction',
        errors: [{ path: '/transactionId', message: 'must be a whole number from 0 to 2147483647 in OCPP 1.6' }],
      });
    },
  );
});
