import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitStatements } from './statements.ts';

describe('splitStatements', () => {
  it.each<[string, string, string[]]>([
    ['statements at semicolons', 'SELECT 1; SELECT 2;\n', ['SELECT 1', 'SELECT 2']],
    ['the last statement without a semicolon', 'SELECT 1', ['SELECT 1']],
    ['not inside a string', "SELECT 'a;b'", ["SELECT 'a;b'"]],
    ['not inside a string with a doubled quote', "SELECT 'a'';b'; SELECT 2", ["SELECT 'a'';b'", 'SELECT 2']],
    ['not inside a string with an escaped quote', String.raw`SELECT 'a\';b'`, [String.raw`SELECT 'a\';b'`]],
    ['not inside quoted names', 'SELECT `a;b`, "c;d"', ['SELECT `a;b`, "c;d"']],
    ['not inside comments', 'SELECT 1 -- a; b\n + 2 /* ; */', ['SELECT 1 -- a; b\n + 2 /* ; */']],
    ['nothing out of comments alone', '-- only; this\n/* and; that */;;', []],
    ['a comment with an apostrophe as a comment', "-- don't\nSELECT 1;", ["-- don't\nSELECT 1"]],
  ])('splits %s', (_, sql, expected) => {
    expect(splitStatements(sql)).toEqual(expected);
  });

  it.each(["SELECT 'a", 'SELECT 1;\nSELECT `a', '/* a'])('refuses %j, naming the line', (sql) => {
    expect(() => splitStatements(sql)).toThrow(/line \d+: .* never closed/);
  });

  it('gives back the statements that were joined, whatever their strings hold', () => {
    const literal = fc.string().map((text) => `SELECT '${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
    fc.assert(
      fc.property(fc.array(literal), (statements) => {
        expect(splitStatements(statements.join(';\n'))).toEqual(statements);
      }),
    );
  });
});
