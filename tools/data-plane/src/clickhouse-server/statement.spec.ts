import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readStatement, type InsertStatement, type OtherStatement } from './statement.ts';

function insert(text: string | Buffer): InsertStatement {
  const statement = readStatement(Buffer.from(text));
  if (statement.kind !== 'insert') throw new Error(`not an insert with data: ${text.toString()}`);
  return statement;
}

function other(text: string): OtherStatement {
  const statement = readStatement(Buffer.from(text));
  if (statement.kind !== 'other') throw new Error(`an insert with data: ${text}`);
  return statement;
}

describe('readStatement', () => {
  it('parts an insert from its data behind the format', () => {
    const statement = insert('INSERT INTO db.t (a, `format`) FORMAT JSONEachRow\n{"a": 1}');
    expect(statement.format).toBe('JSONEachRow');
    expect(statement.data.toString()).toBe('{"a": 1}');
    expect(statement.readingFrom("'f'").replace(/\s+/g, ' ')).toBe(
      "INSERT INTO db.t (a, `format`) FROM INFILE 'f' FORMAT JSONEachRow",
    );
  });

  it('moves settings behind the file, where the grammar wants them', () => {
    const statement = insert("insert into t settings a = 1, b = 'FORMAT x' format CSV");
    expect(statement.readingFrom("'f'")).toBe(
      "insert into t FROM INFILE 'f' settings a = 1, b = 'FORMAT x' FORMAT CSV",
    );
  });

  it('is not misled by comments, strings and quoted names', () => {
    expect(
      insert('/* SELECT */ INSERT -- VALUES\n INTO t # FORMAT X\n (`a``FORMAT`, "SELECT") FORMAT RowBinary').format,
    ).toBe('RowBinary');
    expect(other("SELECT 'it''s; FORMAT x', \"a;b\", $tag$ ; FORMAT y $tag$ -- ; SELECT 2").secondAt).toBeUndefined();
  });

  it('keeps binary data byte for byte, whatever it begins with', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const source = Buffer.concat([Buffer.from('INSERT INTO t FORMAT RowBinary\n'), bytes]);
        expect(insert(source).data).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('reads names that are not ASCII', () => {
    expect(insert('INSERT INTO `tä` FORMAT CSV\nä').readingFrom("'f'")).toContain('INSERT INTO `tä` FROM INFILE');
  });

  it('lets input() read the file', () => {
    const statement = insert("INSERT INTO t SELECT lower(s) FROM input('s String') WHERE s != '' FORMAT TSV\nA");
    expect(statement.readingFrom("'f'")).toBe(
      "INSERT INTO t SELECT lower(s) FROM file('f', TSV, 's String') WHERE s != ''",
    );
    expect(insert('INSERT INTO t SELECT * FROM input() FORMAT Parquet').readingFrom("'f'")).toBe(
      "INSERT INTO t SELECT * FROM file('f', Parquet)",
    );
  });

  it('leaves an insert of literal values and one from a select alone', () => {
    expect(other("INSERT INTO t VALUES (1, 'a;b'), (2, ';')").secondAt).toBeUndefined();
    expect(other('INSERT INTO t SELECT 1 FORMAT Null').format).toBe('Null');
  });

  it('finds the output format, and not the function format()', () => {
    expect(other("SELECT format('{}', 1) FORMAT JSON").format).toBe('JSON');
    expect(other("SELECT format('{}', 1)").format).toBeUndefined();
  });

  it('finds a second statement, and allows a closing semicolon', () => {
    expect(other('SELECT 1; SELECT 2').secondAt).toBe(10);
    expect(other('SELECT 1;; -- done\n').secondAt).toBeUndefined();
  });

  it('reads any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => ['insert', 'other'].includes(readStatement(Buffer.from(text)).kind)));
  });
});
