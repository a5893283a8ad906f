import { describe, expect, it } from '@jest/globals';
import { MigrationError } from './errors.ts';
import { pendingFiles } from './plan.ts';

const file = (version: number, checksum = `sum${version}`): Parameters<typeof pendingFiles>[0][number] => ({
  version,
  name: `000${version}_x.sql`,
  checksum,
  statements: [],
});

describe('pendingFiles', () => {
  it('gives every file of an empty database in order', () => {
    expect(pendingFiles([file(1), file(2)], [])).toEqual([file(1), file(2)]);
  });

  it('leaves out what is applied', () => {
    expect(pendingFiles([file(1), file(2)], [file(1)])).toEqual([file(2)]);
  });

  it('refuses an applied file that has changed, and says what to do', () => {
    const run = (): unknown => pendingFiles([file(1, 'new')], [file(1)]);
    expect(run).toThrow(MigrationError);
    expect(run).toThrow(/0001_x\.sql has changed since it was applied.*new file with the next number/);
  });

  it('refuses a new file numbered before an applied one', () => {
    expect(() => pendingFiles([file(1), file(2)], [file(2)])).toThrow(/0001_x\.sql is new but numbered before 2/);
  });

  it('leaves alone what a newer build applied', () => {
    expect(pendingFiles([file(1)], [file(1), file(2)])).toEqual([]);
  });
});
