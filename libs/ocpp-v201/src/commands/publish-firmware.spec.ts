import { describe, expect, it } from '@jest/globals';
import { publishFirmware } from './publish-firmware.ts';

const location = 'https://files.example/image.bin';
const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
const command = { kind: 'PublishFirmware', ocppRequestId: 9, location, checksum } as const;

describe('PublishFirmware', () => {
  it.each([
    { sent: command, payload: {} },
    { sent: { ...command, retries: 3, retryInterval: 60 }, payload: { retries: 3, retryInterval: 60 } },
  ])('sends the image with $payload (TC_L_17)', ({ sent, payload }) => {
    expect(publishFirmware.toCall(sent)).toEqual({
      ok: true,
      action: 'PublishFirmware',
      payload: { requestId: 9, location, checksum, ...payload },
    });
  });

  it.each([
    [{ checksum: 'x'.repeat(33) }, '/checksum'],
    [{ location: 'x'.repeat(513) }, '/location'],
  ])('refuses %j', (change, path) => {
    expect(publishFirmware.toCall({ ...command, ...change })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([
    ['Accepted', [{ kind: 'firmwarePublicationRequested', requestId: 9, location, checksum }]],
    ['Rejected', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    expect(publishFirmware.mirror.answered({ requestId: 9, location, checksum }, { status })).toEqual(effects);
  });
});
