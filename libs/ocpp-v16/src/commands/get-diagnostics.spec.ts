import { describe, expect, it } from '@jest/globals';
import { getDiagnostics } from './get-diagnostics.ts';

const location = 'ftp://files.example/diagnostics';
const startTime = '2026-03-01T00:00:00Z';
const stopTime = '2026-03-02T00:00:00Z';
const now = new Date('2026-03-03T00:00:00Z');

describe('GetDiagnostics', () => {
  it.each([
    { sent: { location }, payload: { location } },
    {
      sent: { location, retries: 3, retryInterval: 60, oldest: startTime, latest: stopTime },
      payload: { location, retries: 3, retryInterval: 60, startTime, stopTime },
    },
  ])('sends $payload (TC_045)', ({ sent, payload }) => {
    expect(getDiagnostics.toCall({ kind: 'GetDiagnostics', ocppRequestId: 9, ...sent })).toEqual({
      ok: true,
      action: 'GetDiagnostics',
      payload,
    });
  });

  it.each([
    [{ location: 'not a URL' }, '/location'],
    [{ location, oldest: 'yesterday' }, '/startTime'],
  ])('refuses %j', (sent, path) => {
    expect(getDiagnostics.toCall({ kind: 'GetDiagnostics', ocppRequestId: 9, ...sent })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it('answered with a file name begins an upload', () => {
    const request = { location, startTime, stopTime };
    expect(getDiagnostics.mirror.answered(request, { fileName: 'log.zip' }, now)).toEqual([
      {
        kind: 'logRequested',
        logType: 'Diagnostics',
        location,
        oldest: new Date(startTime),
        latest: new Date(stopTime),
        fileName: 'log.zip',
      },
    ]);
  });

  it.each([{}, { fileName: '' }])('answered %j has nothing to upload', (answer) => {
    expect(getDiagnostics.mirror.answered({ location }, answer, now)).toEqual([]);
  });
});
