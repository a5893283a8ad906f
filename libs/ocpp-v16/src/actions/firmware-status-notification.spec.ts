import { describe, expect, it } from '@jest/globals';
import { firmwareStatusNotification } from './firmware-status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CP-1', now };

describe('FirmwareStatusNotification', () => {
  it.each([
    'Downloaded',
    'DownloadFailed',
    'Downloading',
    'Idle',
    'InstallationFailed',
    'Installing',
    'Installed',
  ] as const)('records %s as of its receipt (4.5)', (status) => {
    expect(firmwareStatusNotification.lookups({ status }, facts)).toEqual({});
    expect(firmwareStatusNotification.decide({ status }, facts)).toEqual({
      reply: {},
      before: [{ kind: 'firmwareStatus', status, signed: false, time: { at: now } }],
    });
  });
});
