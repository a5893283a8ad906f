import { describe, expect, it } from '@jest/globals';
import { getLocalListVersion } from './get-local-list-version.ts';

describe('GetLocalListVersion', () => {
  it('has no fields', () => {
    expect(getLocalListVersion.toCall({ kind: 'GetLocalListVersion' })).toEqual({
      ok: true,
      action: 'GetLocalListVersion',
      payload: {},
    });
  });

  it.each([
    [4, [{ kind: 'localListVersion', version: 4 }]],
    [0, [{ kind: 'localListVersion', version: 0 }]],
    [-1, []],
    [2 ** 31, []],
  ])('answered %i brings about %j (TC_D_08, TC_D_09)', (versionNumber, effects) => {
    expect(getLocalListVersion.mirror.answered({}, { versionNumber })).toEqual(effects);
  });
});
