import { describe, expect, it } from '@jest/globals';
import { memoryReport } from './report.ts';

describe('memoryReport', () => {
  it('compares each server with the first', () => {
    const lines = memoryReport(
      new Map([
        ['bare', { heap: 4096, external: 1024, committed: 8192, resident: 10_240 }],
        ['edge', { heap: 6144, external: 512, committed: 12_288, resident: 25_600 }],
      ]),
    )
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(lines.slice(1)).toEqual([
      ['bare', '4.0', '1.0', '8.0', '10.0', '1.00', '1.00'],
      ['edge', '6.0', '0.5', '12.0', '25.0', '1.50', '2.50'],
    ]);
  });
});
