import { describe, expect, it } from '@jest/globals';
import { diagnosticsStatusNotification } from './diagnostics-status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CP-1', now };

describe('DiagnosticsStatusNotification', () => {
  it.each(['Idle', 'Uploading', 'Uploaded', 'UploadFailed'] as const)(
    'records %s as of its receipt (4.4)',
    (status) => {
      expect(diagnosticsStatusNotification.lookups({ status }, facts)).toEqual({});
      expect(diagnosticsStatusNotification.decide({ status }, facts)).toEqual({
        reply: {},
        before: [{ kind: 'logStatus', upload: 'diagnostics', status, time: { at: now } }],
      });
    },
  );
});
