import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mapMessage, type FieldDescriptor, type MessageTypes } from './message-mapping.ts';

const field = (name: string, type = 'TYPE_INT32', more: Partial<FieldDescriptor> = {}): FieldDescriptor => ({
  name,
  number: 1,
  label: 'LABEL_OPTIONAL',
  type: `TYPE_${type.replace('TYPE_', '')}`,
  typeName: '',
  optional: false,
  ...more,
});

const types = (...fields: FieldDescriptor[]): MessageTypes => ({
  fields: (message) => (message === 'M' ? fields : [field('n')]),
  values: () => [
    { name: 'SIZE_UNSPECIFIED', number: 0 },
    { name: 'SIZE_VERY_BIG', number: 2 },
  ],
});

const size = (name = 'size') => field(name, 'ENUM', { typeName: 'Size' });

describe('mapMessage', () => {
  it.each<[string, FieldDescriptor, z.ZodType, unknown, unknown]>([
    ['takes the zero of a plain field for absence', field('evse_id'), z.int(), 0, undefined],
    ['takes the zero of an optional field for zero', field('evse_id', 'INT32', { optional: true }), z.int(), 0, 0],
    ['takes an empty text for absence', field('text', 'STRING'), z.string(), '', undefined],
    ['takes false for false', field('operative', 'BOOL'), z.boolean(), false, false],
    [
      'takes no items for absence',
      field('keys', 'STRING', { label: 'LABEL_REPEATED' }),
      z.array(z.string()),
      [],
      undefined,
    ],
    ['names an enum value as REST does', size(), z.enum(['VeryBig']).optional(), 2, 'VeryBig'],
    ['takes the unspecified value for absence', size(), z.enum(['VeryBig']), 0, undefined],
    ['leaves an unknown enum value to the schema', size(), z.enum(['VeryBig']), 9, 9],
    ['reads a message within', field('in', 'MESSAGE', { typeName: 'N' }), z.object({ n: z.int() }), { n: 1 }, { n: 1 }],
  ])('%s', (_, descriptor, schema, value, expected) => {
    const key = descriptor.name === 'evse_id' ? 'evseId' : descriptor.name;
    const mapping = mapMessage(types(descriptor), 'M', z.object({ [descriptor.name]: schema }));
    expect(mapping.toRest({ [key]: value })[descriptor.name]).toEqual(expected);
  });

  it('leaves out of a message what is null in the answer', () => {
    const mapping = mapMessage(types(field('a'), size()), 'M', z.object({ a: z.int(), size: z.enum(['VeryBig']) }));
    expect(mapping.toMessage({ a: null, size: 'VeryBig' })).toEqual({ size: 2 });
  });

  it.each<[string, MessageTypes, z.ZodObject, RegExp]>([
    ['a field is in the body only', types(), z.object({ a: z.int() }), /M lacks a/],
    ['a field is in the message only', types(field('a')), z.object({}), /no body has the field a of M/],
    ['a value is in the body only', types(size()), z.object({ size: z.enum(['Small']) }), /Size lacks Small/],
    ['a closed set is open in the body', types(size()), z.object({ size: z.string() }), /Size is none in the body/],
    ['an object is none in the body', types(field('in', 'MESSAGE')), z.object({ in: z.int() }), /in is no object/],
  ])('throws where %s', (_, declared, schema, message) => {
    expect(() => mapMessage(declared, 'M', schema)).toThrow(message);
  });
});
