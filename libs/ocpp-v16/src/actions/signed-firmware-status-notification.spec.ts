import { describe, expect, it } from '@jest/globals';
import { signedFirmwareStatusNotification } from './signed-firmware-status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CP-1', now };

describe('SignedFirmwareStatusNotification', () => {
  it.each([
    { status: 'SignatureVerified', requestId: 7 },
    { status: 'InvalidSignature', requestId: 0 },
    { status: 'Idle', requestId: undefined },
  ] as const)('records $status of the update $requestId as of its receipt (L01)', (request) => {
    expect(signedFirmwareStatusNotification.lookups(request, facts)).toEqual({});
    expect(signedFirmwareStatusNotification.decide(request, facts)).toEqual({
      reply: {},
      before: [{ kind: 'firmwareStatus', ...request, signed: true, time: { at: now } }],
    });
  });
});
