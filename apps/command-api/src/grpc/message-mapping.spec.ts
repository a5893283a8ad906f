import { create, createFileRegistry, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FileDescriptorSetSchema,
  type FieldDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mapMessage } from './message-mapping.ts';

type Field = MessageInitShape<typeof FieldDescriptorProtoSchema>;

const field = (name: string, type: keyof typeof Type = 'INT32', more: Field = {}): Field => ({
  name,
  number: 1,
  label: Label.OPTIONAL,
  type: Type[type],
  ...more,
});

/** A message M of these fields, beside a message N and an enum Size. */
function messageOf(...fields: Field[]): DescMessage {
  const numbered = fields.map((each, index) => ({ ...each, number: index + 1 }));
  const oneofDecl = fields.filter(({ proto3Optional }) => proto3Optional).map(({ name }) => ({ name: `_${name}` }));
  const value = [
    { name: 'SIZE_UNSPECIFIED', number: 0 },
    { name: 'SIZE_VERY_BIG', number: 2 },
  ];
  const file = {
    name: 'm.proto',
    syntax: 'proto3',
    messageType: [
      { name: 'M', field: numbered, oneofDecl },
      { name: 'N', field: [field('n')] },
    ],
    enumType: [{ name: 'Size', value }],
  };
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] }));
  return registry.getMessage('M') as DescMessage;
}

const size = (name = 'size') => field(name, 'ENUM', { typeName: '.Size' });

describe('mapMessage', () => {
  it.each<[string, Field, z.ZodType, unknown, unknown]>([
    ['takes the zero of a plain field for absence', field('evse_id'), z.int(), 0, undefined],
    [
      'takes the zero of an optional field for zero',
      field('evse_id', 'INT32', { proto3Optional: true, oneofIndex: 0 }),
      z.int(),
      0,
      0,
    ],
    ['takes an empty text for absence', field('text', 'STRING'), z.string(), '', undefined],
    ['takes false for false', field('operative', 'BOOL'), z.boolean(), false, false],
    [
      'takes no items for absence',
      field('keys', 'STRING', { label: Label.REPEATED }),
      z.array(z.string()),
      [],
      undefined,
    ],
    ['names an enum value as REST does', size(), z.enum(['VeryBig']).optional(), 2, 'VeryBig'],
    ['takes the unspecified value for absence', size(), z.enum(['VeryBig']), 0, undefined],
    ['leaves an unknown enum value to the schema', size(), z.enum(['VeryBig']), 9, 9],
    [
      'reads a message within',
      field('in', 'MESSAGE', { typeName: '.N' }),
      z.object({ n: z.int() }),
      { n: 1 },
      { n: 1 },
    ],
  ])('%s', (_, descriptor, schema, value, expected) => {
    const name = descriptor.name as string;
    const key = name === 'evse_id' ? 'evseId' : name;
    const mapping = mapMessage(messageOf(descriptor), z.object({ [name]: schema }));
    expect(mapping.toRest({ [key]: value })[name]).toEqual(expected);
  });

  it('leaves out of a message what is null in the answer', () => {
    const mapping = mapMessage(messageOf(field('a'), size()), z.object({ a: z.int(), size: z.enum(['VeryBig']) }));
    expect(mapping.toMessage({ a: null, size: 'VeryBig' })).toEqual({ size: 2 });
  });

  it.each<[string, DescMessage, z.ZodObject, RegExp]>([
    ['a field is in the body only', messageOf(), z.object({ a: z.int() }), /M lacks a/],
    ['a field is in the message only', messageOf(field('a')), z.object({}), /no body has the field a of M/],
    ['a value is in the body only', messageOf(size()), z.object({ size: z.enum(['Small']) }), /Size lacks Small/],
    ['a closed set is open in the body', messageOf(size()), z.object({ size: z.string() }), /Size is none in the body/],
    [
      'an object is none in the body',
      messageOf(field('in', 'MESSAGE', { typeName: '.N' })),
      z.object({ in: z.int() }),
      /in is no object/,
    ],
  ])('throws where %s', (_, declared, schema, message) => {
    expect(() => mapMessage(declared, schema)).toThrow(message);
  });
});
