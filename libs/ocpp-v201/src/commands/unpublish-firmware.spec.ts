import { describe, expect, it } from '@jest/globals';
import { unpublishFirmware } from './unpublish-firmware.ts';

const checksum = 'd41d8cd98f00b204e9800998ecf8427e';

describe('UnpublishFirmware', () => {
  it('names the image by its checksum (TC_L_21)', () => {
    expect(unpublishFirmware.toCall({ kind: 'UnpublishFirmware', checksum })).toEqual({
      ok: true,
      action: 'UnpublishFirmware',
      payload: { checksum },
    });
  });

  it('refuses a checksum of 33 characters', () => {
    expect(unpublishFirmware.toCall({ kind: 'UnpublishFirmware', checksum: 'x'.repeat(33) })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/checksum' }],
    });
  });

  it.each([
    ['Unpublished', [{ kind: 'firmwareUnpublished', checksum }]],
    ['NoFirmware', [{ kind: 'firmwareUnpublished', checksum }]],
    ['DownloadOngoing', []],
  ] as const)('answered %s brings about %j (TC_L_22, TC_L_23)', (status, effects) => {
    expect(unpublishFirmware.mirror.answered({ checksum }, { status })).toEqual(effects);
  });
});
