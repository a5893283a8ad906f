import { describe, expect, it } from '@jest/globals';
import { readableFaults } from './readable-faults.ts';

const enumFault = (instancePath: string) => ({
  keyword: 'enum',
  instancePath,
  params: { allowedValues: ['Soft', 'Hard'] },
  message: 'must be equal to one of the allowed values',
});

describe('readableFaults', () => {
  it('names what an enum allows', () => {
    expect(readableFaults([enumFault('/type')])).toEqual([
      expect.objectContaining({ path: '/type', message: expect.stringContaining('Soft, Hard') }),
    ]);
  });

  it('lists at most 50, however many there are', () => {
    expect(readableFaults(Array.from({ length: 80 }, (_, index) => enumFault(`/list/${index}`)))).toHaveLength(50);
  });
});
