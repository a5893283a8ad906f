import { describe, expect, it } from '@jest/globals';
import { getDiagnostics } from './get-diagnostics.ts';

const location = 'sftp://files.example/';

describe('GetLog', () => {
  it('is sent for diagnostics', () => {
    const oldest = '2026-03-01T00:00:00Z';
    const latest = '2026-03-02T00:00:00Z';
    const retry = { retries: 3, retryInterval: 60 };
    expect(
      getDiagnostics.toCall({ kind: 'GetDiagnostics', ocppRequestId: 9, location, oldest, latest, ...retry }),
    ).toEqual({
      ok: true,
      action: 'GetLog',
      payload: {
        logType: 'DiagnosticsLog',
        requestId: 9,
        log: { remoteLocation: location, oldestTimestamp: oldest, latestTimestamp: latest },
        ...retry,
      },
    });
  });

  it('refuses diagnostics since a time that is none', () => {
    expect(
      getDiagnostics.toCall({ kind: 'GetDiagnostics', ocppRequestId: 9, location, oldest: 'yesterday' }),
    ).toMatchObject({
      kind: 'invalidPayload',
      action: 'GetLog',
      errors: [{ path: '/log/oldestTimestamp' }],
    });
  });
});
