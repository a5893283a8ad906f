import { describe, expect, it } from '@jest/globals';
import { getLocalListVersion } from './get-local-list-version.ts';

describe('GetLocalListVersion', () => {
  it('has an empty payload', () => {
    expect(getLocalListVersion.toCall({ kind: 'GetLocalListVersion' })).toEqual({
      ok: true,
      action: 'GetLocalListVersion',
      payload: {},
    });
  });

  it.each([-1, 0, 7])('answered %i tells the version (TC_042)', (listVersion) => {
    expect(getLocalListVersion.mirror.answered({}, { listVersion })).toEqual([
      { kind: 'localListVersion', version: listVersion },
    ]);
  });

  it.each([-2, 2 ** 31, 1e300])('answered %d, which is no version, tells nothing', (listVersion) => {
    expect(getLocalListVersion.mirror.answered({}, { listVersion })).toEqual([]);
  });
});
