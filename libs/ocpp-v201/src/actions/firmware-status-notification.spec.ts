import { describe, expect, it } from '@jest/globals';
import { firmwareStatusNotification } from './firmware-status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CS-1', now };

describe('FirmwareStatusNotification', () => {
  it.each([
    { status: 'SignatureVerified', requestId: 7 },
    { status: 'InstallVerificationFailed', requestId: 0 },
    { status: 'Idle', requestId: undefined },
  ] as const)('records $status of the update $requestId as of its receipt (L01)', (request) => {
    expect(firmwareStatusNotification.lookups(request, facts)).toEqual({});
    expect(firmwareStatusNotification.decide(request, facts)).toEqual({
      reply: {},
      before: [{ kind: 'firmwareStatus', ...request, signed: false, time: { at: now } }],
    });
  });
});
