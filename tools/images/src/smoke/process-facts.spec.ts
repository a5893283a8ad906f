import { describe, expect, it } from '@jest/globals';
import { parseProcess, processFaults } from './process-facts.ts';

const STATUS = `Name:\tws-edge
Uid:\t65532\t65532\t65532\t65532
Gid:\t65532\t65532\t65532\t65532
CapEff:\t0000000000000000
NoNewPrivs:\t1
`;
const MOUNTS = '100 90 0:50 / / ro,relatime - overlay overlay rw,lowerdir=a\n101 100 0:51 / /proc rw - proc proc rw\n';

describe('processFaults', () => {
  it('finds none in a process without any privilege', () => {
    expect(processFaults(parseProcess(STATUS, MOUNTS))).toEqual([]);
  });

  it.each([
    ['runs as root', STATUS.replace('65532', '0'), MOUNTS],
    ['runs in the group root', STATUS.replace(/Gid:\t65532/, 'Gid:\t0'), MOUNTS],
    ['has the capabilities a80425fb', STATUS.replace('0000000000000000', '00000000a80425fb'), MOUNTS],
    ['may gain privileges', STATUS.replace('NoNewPrivs:\t1', 'NoNewPrivs:\t0'), MOUNTS],
    ['can write to its root file system', STATUS, MOUNTS.replace('ro,', 'rw,')],
    ['can write to its root file system', STATUS, ''],
  ])('finds that it %s', (fault, status, mounts) => {
    expect(processFaults(parseProcess(status, mounts))).toEqual([fault]);
  });
});
