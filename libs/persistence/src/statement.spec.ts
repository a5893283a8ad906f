import { describe, expect, it } from '@jest/globals';
import { statement } from './statement.ts';

describe('statement', () => {
  it('has one name for one text, whatever its values', () => {
    expect(statement('SELECT $1', [1]).name).toBe(statement('SELECT $1', [2]).name);
    expect(statement('SELECT $1', [1]).name).not.toBe(statement('SELECT $2', [1]).name);
  });

  it('stays below the 63 bytes that Postgres keeps of a name', () => {
    expect(Buffer.byteLength(statement('SELECT 1', []).name)).toBeLessThan(63);
  });
});
