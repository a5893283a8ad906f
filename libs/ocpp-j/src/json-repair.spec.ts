import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { repairJson } from './json-repair.ts';

/** Writes JSON as some firmware does: null as nothing, the texts NaN and Infinity bare. */
function asFirmwareWrites(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asFirmwareWrites).join(' ,')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, field]) => `${JSON.stringify(name)}:${field === null ? ' ' : asFirmwareWrites(field)}`)
      .join(',\n')}}`;
  return ['NaN', 'Infinity', '-Infinity'].includes(value as string) ? String(value) : JSON.stringify(value);
}

describe(repairJson.name, () => {
  it.each([
    ['{"transactionId":,"a":1}', { transactionId: null, a: 1 }, ['json-value-missing']],
    ['{"a":{"b": }}', { a: { b: null } }, ['json-value-missing']],
    ['{"value":NaN}', { value: 'NaN' }, ['json-number-invalid']],
    ['[Infinity, -Infinity ]', ['Infinity', '-Infinity'], ['json-number-invalid']],
    ['{"a":,"b":NaN}', { a: null, b: 'NaN' }, ['json-value-missing', 'json-number-invalid']],
    ['{"a\\":,NaN":,"b":":}"}', { 'a":,NaN': null, b: ':}' }, ['json-value-missing']],
    ['[1]\0', [1], ['control-character']],
    ['\0\0[1]', [1], ['control-character']],
    ['[1]\0,"x":NaN,:,', [1], ['control-character']],
    ['[1]\x1a\x7f\u200b', [1], ['control-character']],
    ['{"a":"b\0c\n\t"}', { a: 'b\0c\n\t' }, ['control-character']],
    ['{"a":[,{"b":1},{"b":2},],}', { a: [{ b: 1 }, { b: 2 }] }, ['json-comma-stray']],
    ['[,, 1, ,2 ,,]', [1, 2], ['json-comma-stray']],
    ['[,]', [], ['json-comma-stray']],
    ['{"a":1,,"b,,":",]",}', { a: 1, 'b,,': ',]' }, ['json-comma-stray']],
    ['{"a":,}', { a: null }, ['json-value-missing', 'json-comma-stray']],
    [
      '[nan,-NaN,+inf,-Inf,INFINITY,1.#QNAN,-1.#IND]',
      ['nan', '-NaN', '+inf', '-Inf', 'INFINITY', '1.#QNAN', '-1.#IND'],
      ['json-number-invalid'],
    ],
    ['{"a":,"b":01}', { a: null, b: '01' }, ['json-value-missing', 'json-number-invalid']],
    ['[+1,-01.5,.5,1.,1.e3 ,-0,1E+3]', ['+1', '-01.5', '.5', '1.', '1.e3', -0, 1000], ['json-number-invalid']],
    ['["\\u0000",\x01NaN]\0', ['\0', 'NaN'], ['control-character', 'json-number-invalid']],
  ])('reads %j for what was meant', (text, value, noted) => {
    expect(repairJson(text)).toMatchObject({ value, noted });
    expect(JSON.parse(repairJson(text)?.text ?? '')).toEqual(value);
  });

  it.each([
    '',
    'nonsense',
    "{'a':1}",
    '{NaN:1}',
    '{"a":1,"b"}',
    '{"a":True,}',
    '{"a":0x1F,}',
    '{"a":--1}',
    '{"a":1.2.3}',
    '[1 2,]',
    '[1.]]',
    '[2,"1","MeterValues",{"a":',
    '{"a":,"b',
    '{"a":,"b\\',
    '[NaN',
  ])('leaves %j alone: more is wrong than chargers are known for', (text) => {
    expect(repairJson(text)).toBeUndefined();
  });

  it('reads whatever firmware writes so, and nothing of what stands in texts', () => {
    const leaf = fc.oneof(
      fc.constantFrom('NaN', 'Infinity', '-Infinity', null, ':,', '":}'),
      fc.string(),
      fc.integer(),
      fc.boolean(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
    }));
    fc.assert(
      fc.property(tree, (meant) => {
        const written = asFirmwareWrites({ meant });
        let isJson = true;
        try {
          JSON.parse(written);
        } catch {
          isJson = false;
        }
        fc.pre(!isJson);
        expect(repairJson(written)?.value).toEqual(JSON.parse(JSON.stringify({ meant })));
      }),
    );
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '"',
      '\\',
      ':',
      ',',
      '{',
      '}',
      '[',
      ']',
      ' ',
      'NaN',
      '-Infinity',
      'a',
      '1',
      '\n',
      '\u2028',
      '\0',
      '\x1b',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((each) => each.join('')),
        ),
        (text) => {
          expect(() => repairJson(text)).not.toThrow();
        },
      ),
    );
  });

  it.each([
    ['quotes', '"'],
    ['escaped quotes', '\\"'],
    ['backslashes', '\\'],
    ['colons', ': '],
    ['colons without values', ':,'],
    ['bare numbers', 'NaN '],
    ['numbers with a plus', '+1,'],
    ['commas', ','],
    ['commas and blanks', ', '],
    ['brackets and commas', '[,'],
    ['brackets and blanks', '[ '],
    ['digits', '0'],
    ['blanks', ' '],
    ['control characters', '\x01'],
    ['NULs', '\0'],
  ])('takes time in proportion to the text: half a million %s', (_what, piece) => {
    const startedAt = performance.now();
    for (const head of ['', '"', ':', '{"a":,"']) expect(repairJson(head + piece.repeat(500_000))).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });
});
