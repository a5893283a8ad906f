import { describe, expect, it } from '@jest/globals';
import { updateFirmware } from './update-firmware.ts';

const location = 'https://files.example/image.bin';
const retrieveAt = '2026-03-01T10:00:00Z';
const now = new Date('2026-02-01T00:00:00Z');

describe('UpdateFirmware', () => {
  it.each([
    { sent: { location, retrieveAt }, payload: { location, retrieveDate: retrieveAt } },
    {
      sent: { location, retrieveAt, retries: 3, retryInterval: 60 },
      payload: { location, retrieveDate: retrieveAt, retries: 3, retryInterval: 60 },
    },
  ])('sends $payload (TC_044)', ({ sent, payload }) => {
    expect(updateFirmware.toCall({ kind: 'UpdateFirmware', ocppRequestId: 9, ...sent })).toEqual({
      ok: true,
      action: 'UpdateFirmware',
      payload,
    });
  });

  it.each([
    [{ location: 'image.bin', retrieveAt }, '/location'],
    [{ location, retrieveAt: 'tonight' }, '/retrieveDate'],
  ])('refuses %j', (sent, path) => {
    expect(updateFirmware.toCall({ kind: 'UpdateFirmware', ocppRequestId: 9, ...sent })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it('answered at all is on its way', () => {
    expect(updateFirmware.mirror.answered({ location, retrieveDate: retrieveAt }, {}, now)).toEqual([
      { kind: 'firmwareUpdateRequested', signed: false, location, retrieveAt: new Date(retrieveAt) },
    ]);
  });
});
