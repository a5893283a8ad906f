import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listElements, tokenOrQuoted } from './header-list.ts';

describe('listElements', () => {
  it.each([
    [undefined, []],
    ['', []],
    [' , ,\t,', []],
    ['a', ['a']],
    [',a', ['a']],
    ['a,', ['a']],
    ['a, ,b\t,,c', ['a', 'b', 'c']],
    ['a;x="1,2",b', ['a;x="1,2"', 'b']],
    ['a;x="1\\",2",b', ['a;x="1\\",2"', 'b']],
    ['a;x="1,b', ['a;x="1,b']],
    ['"\\', ['"\\']],
  ])('F20 reads %j as RFC 9110 says: %j', (header, elements) => {
    expect(listElements(header)).toEqual(elements);
  });

  it('finds what was joined, whatever empty elements and blanks stand between', () => {
    const tokens = fc.array(fc.stringMatching(/^[a-z0-9.]{1,8}$/), { maxLength: 8 });
    const between = fc.array(fc.constantFrom(' ', ',', '\t', ', '), { maxLength: 5 });
    fc.assert(
      fc.property(tokens, between, (names, noise) => {
        expect(listElements(names.join(`,${noise.join('')}`))).toEqual(names);
      }),
    );
  });
});

describe('tokenOrQuoted', () => {
  it.each([
    ['15', '15'],
    ['"15"', '15'],
    ['"1\\5"', '15'],
    ['""', ''],
    ['"15', null],
    ['1 5', null],
    ['', null],
  ])('reads %j as %j', (text, value) => {
    expect(tokenOrQuoted(text)).toBe(value);
  });
});
