import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { INBOUND_TOKENS_PATTERN, parseInboundTokens, type InboundTokens } from './tokens.ts';

function tokens(text: string): InboundTokens {
  const parsed = parseInboundTokens(text);
  if (!parsed.ok) throw new Error(parsed.faults.join('; '));
  return parsed.tokens;
}

function faults(text: string): readonly string[] {
  const parsed = parseInboundTokens(text);
  return parsed.ok ? [] : parsed.faults;
}

describe('inbound tokens', () => {
  it('are none when the variable is empty, or only commas and blanks', () => {
    expect(tokens('').isEmpty).toBe(true);
    expect(tokens(' , ,').isEmpty).toBe(true);
  });

  it('may do everything when they come alone', () => {
    const caller = tokens('first,second').find('second');
    expect(caller).toMatchObject({ name: 'token-2' });
    expect([...(caller?.scopes ?? [])]).toEqual(['read', 'command', 'admin']);
  });

  it('carry the name and scopes written before them', () => {
    const caller = tokens('billing:read+command:s3cret=').find('s3cret=');
    expect(caller?.name).toBe('billing');
    expect([...(caller?.scopes ?? [])]).toEqual(['read', 'command']);
  });

  it('find nobody for a token that only resembles one', () => {
    const sut = tokens('abc,billing:read:def');
    for (const presented of ['', 'ab', 'abcd', 'ABC', 'billing', 'billing:read:def'])
      expect(sut.find(presented)).toBeUndefined();
  });

  it('are found whatever they are made of', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,80}={0,2}$/);
    fc.assert(
      fc.property(fc.uniqueArray(token, { minLength: 1, maxLength: 5 }), (list) => {
        const sut = tokens(list.join(','));
        for (const each of list) expect(sut.find(each)).toBeDefined();
      }),
    );
  });

  it.each([
    ['a:b', 'entry 1: must be "token" or "name:scope+scope:token"'],
    ['ok,x:write:tok', 'entry 2: unknown scope "write"; scopes are read, command, admin'],
    ['x::tok', 'entry 1: unknown scope ""; scopes are read, command, admin'],
    ['sp ace', 'entry 1: a token is made of letters, digits and - . _ ~ + / with = at the end'],
    ['x:read:', 'entry 1: a token is made of letters, digits and - . _ ~ + / with = at the end'],
    ['né:read:tok', 'entry 1: a name is 1 to 64 letters, digits, dots, dashes or underscores'],
    ['same,x:read:same', 'entry 2: the same token is listed before; give each name a token of its own'],
  ])('of the form %s are refused with what is wrong', (text, fault) => {
    expect(faults(text)).toEqual([fault]);
  });

  it('are refused all at once, without their text', () => {
    const found = faults('secret one,x:write:secret-two');
    expect(found).toHaveLength(2);
    expect(found.join()).not.toMatch(/secret/);
  });
});

describe('INBOUND_TOKENS_PATTERN', () => {
  const pattern = new RegExp(INBOUND_TOKENS_PATTERN);

  it.each([
    ...['', 'a', 'a==', ' a , b', 'a,,b', 'ops:read:a', 'ops:read+admin:a,b', 'a.b-c_d:command:x/y+z~='],
    ...['nonsense!', 'a b', 'ops:a', 'ops:never:a', 'ops:read+:a', ':read:a', 'a=b', 'https://a.example'],
    ...[`${'n'.repeat(65)}:read:a`, '[]'],
  ])('judges %j as parseInboundTokens does', (text) => {
    expect(pattern.test(text)).toBe(parseInboundTokens(text).ok);
  });
});
