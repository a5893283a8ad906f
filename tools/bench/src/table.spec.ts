import { describe, expect, it } from '@jest/globals';
import { renderTable } from './table.ts';

describe('renderTable', () => {
  it('puts words to the left and numbers to the right', () => {
    const rows = [
      ['message', 'µs'],
      ['Heartbeat', '48'],
      ['session', '1024'],
    ];
    expect(renderTable(rows)).toBe('message      µs\nHeartbeat    48\nsession    1024');
  });

  it('ends no line with spaces', () => {
    expect(renderTable([['a', 'b', 'c'], ['only one']])).toBe('a         b  c\nonly one');
  });
});
