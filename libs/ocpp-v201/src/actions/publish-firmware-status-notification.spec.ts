import { describe, expect, it } from '@jest/globals';
import { publishFirmwareStatusNotification } from './publish-firmware-status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'LC-1', now };

describe('PublishFirmwareStatusNotification', () => {
  it.each([
    { status: 'Published', requestId: 7, location: ['http://lc/fw.bin', 'ftp://lc/fw.bin'] },
    { status: 'InvalidChecksum', requestId: 0, location: undefined },
    { status: 'Idle', requestId: undefined, location: undefined },
  ] as const)('records $status of the publication $requestId, and where it can be fetched (L03)', (sent) => {
    const { status, requestId } = sent;
    const request = { status, requestId, location: sent.location && [...sent.location] };
    expect(publishFirmwareStatusNotification.lookups(request, facts)).toEqual({});
    expect(publishFirmwareStatusNotification.decide(request, facts)).toEqual({
      reply: {},
      before: [{ kind: 'firmwarePublicationStatus', status, requestId, locations: sent.location, time: { at: now } }],
    });
  });
});
