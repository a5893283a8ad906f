import { describe, expect, it } from '@jest/globals';
import { getLog } from './get-log.ts';

const command = {
  kind: 'GetLog',
  logType: 'SecurityLog',
  ocppRequestId: 9,
  location: 'sftp://files.example/',
} as const;
const oldest = '2026-03-01T00:00:00Z';
const latest = '2026-03-02T00:00:00Z';
const now = new Date('2026-03-03T00:00:00Z');
const request = {
  logType: 'SecurityLog' as const,
  requestId: 9,
  log: { remoteLocation: 'sftp://files.example/', oldestTimestamp: oldest, latestTimestamp: latest },
};

describe('GetLog', () => {
  it.each([
    {
      sent: command,
      payload: { logType: 'SecurityLog', requestId: 9, log: { remoteLocation: 'sftp://files.example/' } },
    },
    {
      sent: { ...command, retries: 3, retryInterval: 60, oldest, latest },
      payload: { ...request, retries: 3, retryInterval: 60 },
    },
  ])('sends $payload (TC_079)', ({ sent, payload }) => {
    expect(getLog.toCall(sent)).toEqual({ ok: true, action: 'GetLog', payload });
  });

  it.each([
    [{ location: 'x'.repeat(513) }, '/log/remoteLocation'],
    [{ latest: 'today' }, '/log/latestTimestamp'],
    [{ ocppRequestId: 2 ** 40 }, '/requestId'],
  ])('refuses %j', (change, path) => {
    expect(getLog.toCall({ ...command, ...change })).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });

  it.each([
    ['Accepted', 1],
    ['AcceptedCanceled', 1],
    ['Rejected', 0],
  ] as const)('answered %s begins %i upload', (status, uploads) => {
    const effect = {
      kind: 'logRequested',
      logType: 'SecurityLog',
      requestId: 9,
      location: 'sftp://files.example/',
      oldest: new Date(oldest),
      latest: new Date(latest),
      fileName: 'log.zip',
    };
    const answer = { status, filename: 'log.zip' };
    expect(getLog.mirror.answered(request, answer, now)).toEqual(Array.from({ length: uploads }, () => effect));
  });

  it('needs no file name', () => {
    expect(getLog.mirror.answered(request, { status: 'Accepted' }, now)).toMatchObject([{ requestId: 9 }]);
  });
});
