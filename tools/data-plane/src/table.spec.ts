import { describe, expect, it } from '@jest/globals';

import { renderTable } from './table.ts';

describe('renderTable', () => {
  it('aligns columns and leaves no trailing blanks', () => {
    expect(renderTable([['a', 'bb', 'c'], ['aaa', '', ''], []])).toBe('a    bb  c\naaa\n');
  });
});
