import { describe, expect, it } from '@jest/globals';
import type { Columns } from '../rows/row.ts';
import { UnknownTypeError, columnType } from './column-types.ts';
import { UnknownColumnError, nativeBlock, tableColumns } from './native-block.ts';

/** The bytes after the header of a block of one column. */
function written(type: string, ...values: Columns[string][]): string {
  const rows = values.map((value) => ({ c: value }));
  const block = nativeBlock(tableColumns([{ name: 'c', type }]), rows).bytes.toString('hex');
  const [, header = ''] = /^01(?:..)0163(..)/.exec(block) ?? [];
  return block.slice(10 + Number.parseInt(header, 16) * 2);
}

describe('nativeBlock', () => {
  it('is the number of columns and of rows, then each column with its name and type', () => {
    const columns = tableColumns([
      { name: 'a', type: 'UInt8' },
      { name: 'b', type: 'LowCardinality(String)' },
    ]);
    const block = nativeBlock(columns, [
      { b: 'x', a: 1 },
      { b: 'yz', a: 2 },
    ]);
    expect(block.bytes.toString('latin1')).toBe('\x02\x02\x01b\x06String\x01x\x02yz\x01a\x05UInt8\x01\x02');
  });

  it.each<[string, Columns[string][], string]>([
    ['Int32', [1, -2], '01000000feffffff'],
    ['Int16', [-2], 'feff'],
    ['UInt32', [4_294_967_295], 'ffffffff'],
    ['Int64', [-1], 'ffffffffffffffff'],
    ['Float64', [1.5], '000000000000f83f'],
    ['Bool', [true, false], '0100'],
    ['String', ['', 'é'], '0002c3a9'],
    ['UUID', ['00112233-4455-6677-8899-aabbccddeeff'], '7766554433221100ffeeddccbbaa9988'],
    ["DateTime64(3, 'UTC')", [new Date(1), new Date(-1)], '0100000000000000ffffffffffffffff'],
    ['DateTime64(6)', [new Date(1)], 'e803000000000000'],
    ["DateTime('UTC')", [new Date(1999)], '01000000'],
    ['Date', [new Date(86_400_000)], '0100'],
    ['Nullable(Float64)', [null, 1.5], '01000000000000000000000000000000f83f'],
    ['LowCardinality(Nullable(String))', ['a', null], '0001016100'],
    ['Array(Int32)', [[1, 2], [], [3]], '020000000000000002000000000000000300000000000000010000000200000003000000'],
    ['SimpleAggregateFunction(max, UInt8)', [7], '07'],
    ["Enum8('a' = 1)", ['a'], '0161'],
    ['Map(String, String)', [{ a: 'x' }, {}], '0100000000000000010000000000000001610178'],
    ['Nullable(Decimal(18, 4))', ['4.20', null], '000104342e32300130'],
  ])('writes %s %j', (type, values, bytes) => {
    expect(written(type, ...values)).toBe(bytes);
  });

  it('writes the default where a column that cannot be NULL has none', () => {
    expect(written('String', null)).toBe('00');
    expect(written("DateTime64(3, 'UTC')", null)).toBe('0000000000000000');
  });

  it('takes texts and blocks of any length', () => {
    const long = 'x'.repeat(300);
    expect(written('String', long, 'ü'.repeat(100))).toBe(`ac02${'78'.repeat(300)}c801${'c3bc'.repeat(100)}`);
    expect(written('Int32', ...Array.from({ length: 127 }, (_, n) => n)).length).toBe(127 * 8);
  });

  it.each<[string, Columns[string]]>([
    ['Int32', 1],
    ['Int64', 1],
    ['UInt16', 1],
    ['Float32', 1],
    ['Float64', 1],
    ['Bool', true],
    ['String', 'text'],
    ["DateTime64(3, 'UTC')", new Date(1)],
    ['Nullable(Float64)', 1],
    ['Array(Int32)', [1, 2]],
  ])('writes 10,000 values of %s as it writes one', (type, value) => {
    const many = 10_000;
    const one = written(type, value);
    const { bytes: block } = nativeBlock(tableColumns([{ name: 'c', type }]), Array<Columns>(many).fill({ c: value }));
    // The number of rows takes a byte more here.
    const values = block.subarray(block.length - (one.length / 2) * many).toString('hex');
    if (/^(Array|Nullable)/.test(type)) expect(values).toHaveLength(one.length * many);
    else expect(values).toBe(one.repeat(many));
    expect(block.length).toBe(6 + columnType(type).name.length + (one.length / 2) * many);
  });

  it('refuses a type that nobody has declared how to write, and a column that the table lacks', () => {
    expect(() => tableColumns([{ name: 'c', type: 'Variant(String, UInt8)' }])).toThrow(UnknownTypeError);
    expect(() => nativeBlock(tableColumns([]), [{ c: 1 }])).toThrow(UnknownColumnError);
  });
});
