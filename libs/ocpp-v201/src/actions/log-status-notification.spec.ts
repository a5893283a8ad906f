import { describe, expect, it } from '@jest/globals';
import { logStatusNotification } from './log-status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CS-1', now };

describe('LogStatusNotification', () => {
  it.each([
    { status: 'Uploading', requestId: 7 },
    { status: 'PermissionDenied', requestId: 0 },
    { status: 'Idle', requestId: undefined },
  ] as const)('records $status of the upload $requestId as of its receipt (N01)', (request) => {
    expect(logStatusNotification.lookups(request, facts)).toEqual({});
    expect(logStatusNotification.decide(request, facts)).toEqual({
      reply: {},
      before: [{ kind: 'logStatus', upload: 'log', ...request, time: { at: now } }],
    });
  });
});
