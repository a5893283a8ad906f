import { defineCommand, grpcName } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { gatewayProto } from './gateway-proto.ts';
import type { Lock } from './lock.ts';
import { constantCase } from './model.ts';

const template = 'service S {\n  // {{rpcs}}\n}\n\n// {{messages}}\n';
const empty: Lock = { messages: {}, enums: {} };
const command = (request: z.ZodRawShape, answer?: z.ZodRawShape) =>
  defineCommand({
    kind: 'Wink',
    job: 'charging',
    summary: 'Wink',
    request: z.strictObject(request),
    example: {} as never,
    answer,
  });
const make = (declaration: ReturnType<typeof command>, lock = empty) =>
  gatewayProto({ commands: [declaration], template, lock });
/** The fields of WinkRequest that are the command's own. */
const own = ({ lock }: { lock: Lock }) => {
  const { cp_id, timeout_seconds, ...fields } = lock.messages['WinkRequest'] ?? {};
  expect([cp_id, timeout_seconds]).toEqual(['string = 1', 'int32 = 2']);
  return fields;
};
const color = (...values: string[]) => grpcName('LightColor', z.enum(values));

describe('gatewayProto', () => {
  it('makes an rpc and two messages of a command, with words of its declaration', () => {
    const declaration = command(
      { times: z.int().min(1).describe('How often'), color: color('Red', 'DeepBlue').optional() },
      { lit: z.boolean() },
    );
    const { proto } = make(declaration);
    expect(proto).toContain('  // Wink.\n  rpc Wink(WinkRequest) returns (WinkResponse);\n');
    expect(proto).toContain('  // How often.\n  int32 times = 3;\n  LightColor color = 4;\n}\n');
    expect(proto).toContain(
      'enum LightColor {\n  LIGHT_COLOR_UNSPECIFIED = 0;\n  LIGHT_COLOR_RED = 1;\n  LIGHT_COLOR_DEEP_BLUE = 2;\n}\n',
    );
    expect(proto).toMatch(/message WinkResponse \{\n( .*\n)*  bool lit = 6;\n\}/);
  });

  it.each<[string, z.ZodType, string]>([
    ['a number without zero', z.int().min(1).optional(), 'int32'],
    ['a number that may be zero', z.int().min(0), 'optional int32'],
    ['a decimal', z.number().min(1), 'double'],
    ['a text that is never empty', z.string().min(1).optional(), 'string'],
    ['a text that may be empty', z.string(), 'optional string'],
    ['a yes or no', z.boolean(), 'bool'],
    ['a yes or no that may be left out', z.boolean().optional(), 'optional bool'],
    ['a list', z.array(z.int()).optional(), 'repeated int32'],
    ['a closed set without a name', z.enum(['a']), 'string'],
    ['an object', grpcName('Lamp', z.object({ watts: z.int() })), 'Lamp'],
  ])('gives %s its type', (_, schema, type) => {
    expect(own(make(command({ it: schema })))).toEqual({ it: `${type} = 3` });
  });

  it.each<[string, z.ZodType, string]>([
    ['a time', z.iso.datetime().nullable(), 'google.protobuf.Timestamp'],
    ['a time that is made a date', z.iso.datetime().transform((text) => new Date(text)), 'google.protobuf.Timestamp'],
    ['a yes or no as text', z.enum(['true', 'false']).transform(Boolean).optional(), 'optional bool'],
    ['a JSON object', z.record(z.string(), z.unknown()), 'google.protobuf.Struct'],
    ['an object with members of any name', z.looseObject({ type: z.string() }), 'google.protobuf.Struct'],
    ['a list of anything', z.array(z.unknown()), 'repeated google.protobuf.Value'],
    ['a number or a text', z.union([z.int(), z.string().min(1)]), 'string'],
    ['a text that may be null', z.enum(['on']).nullable().optional(), 'optional string'],
    ['a number read from text', z.coerce.number().int().min(1).default(5), 'int32'],
    ['an object of the OpenAPI document', z.object({ lit: z.boolean() }).meta({ id: 'Glow' }).describe('It'), 'Glow'],
    ['an object without a name', z.object({ lit: z.boolean() }), 'ReadLampIt'],
    ['a list of objects without a name', z.array(z.object({ lit: z.boolean() })), 'repeated ReadLampIt'],
  ])('gives %s of a route its type', (_, schema, type) => {
    const route = { name: 'ReadLamp', comment: 'Read.', request: z.object({ it: schema }), response: z.object({}) };
    const { proto, lock } = gatewayProto({ commands: [], routes: [route], template, lock: empty });
    expect(lock.messages['ReadLampRequest']).toEqual({
      it: `${type.replace('ReadLampIt', 'ReadLampRequestIt')} = 1`,
    });
    expect(proto).toContain('  // Read.\n  rpc ReadLamp(ReadLampRequest) returns (ReadLampResponse);\n');
  });

  it('keeps published numbers whatever the order, gives new fields unused ones, and reserves what is gone', () => {
    const first = make(command({ one: z.int().min(1), two: z.string().min(1), color: color('Red', 'Green') }));
    const second = make(
      command({ three: z.boolean(), color: color('Blue', 'Green'), two: z.string().min(1) }),
      first.lock,
    );
    expect(own(second)).toEqual({ one: 'int32 = 3', two: 'string = 4', color: 'LightColor = 5', three: 'bool = 6' });
    expect(second.proto).toContain('message WinkRequest {\n  reserved 3;\n  reserved "one";\n');
    expect(second.proto).toContain('enum LightColor {\n  reserved 1;\n  reserved "LIGHT_COLOR_RED";\n');
    expect(second.proto).toContain('  LIGHT_COLOR_GREEN = 2;\n  LIGHT_COLOR_BLUE = 3;\n');
    const third = make(command({ one: z.int().min(1), four: z.boolean() }), second.lock);
    expect(own(third)).toMatchObject({ one: 'int32 = 3', four: 'bool = 7' });
  });

  it('keeps the presence that was published', () => {
    const lock = { ...empty, messages: { WinkRequest: { it: 'string = 9' } } };
    expect(make(command({ it: z.string() }), lock).proto).toContain('  string it = 9;\n');
  });

  it('refuses what would change a published field, give a number twice, or mean two things by one name', () => {
    const { lock } = make(command({ it: z.int() }));
    expect(() => make(command({ it: z.string() }), lock)).toThrow(
      /WinkRequest.it was published as "optional int32 = 3"/,
    );
    expect(() => make(command({ it: z.array(z.int()) }), lock)).toThrow(/give it another name/);
    const twice = { ...empty, messages: { WinkRequest: { one: 'int32 = 3', two: 'int32 = 3' } } };
    expect(() => make(command({}), twice)).toThrow(/gives a number twice/);
    const lamp = (watts: z.ZodType) => grpcName('Lamp', z.object({ watts }));
    expect(() => make(command({ one: lamp(z.int()), two: lamp(z.string()) }))).toThrow(/Lamp.watts is int32 here/);
    expect(() => make(command({ it: z.object({}) }))).toThrow(/WinkRequest.it needs a name/);
    expect(() => make(command({ it: z.record(z.string(), z.string()) }))).toThrow(/record, which has no type/);
  });
});

describe('constantCase', () => {
  it.each([
    ['DiagnosticsLog', 'DIAGNOSTICS_LOG'],
    ['V2GRootCertificate', 'V2G_ROOT_CERTIFICATE'],
    ['MORootCertificate', 'MO_ROOT_CERTIFICATE'],
    ['s309-1P-16A', 'S309_1P_16A'],
    ['soft', 'SOFT'],
  ])('writes %s as %s', (name, constant) => {
    expect(constantCase(name)).toBe(constant);
  });
});
