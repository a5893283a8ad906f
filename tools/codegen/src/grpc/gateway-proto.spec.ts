import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_COMMANDS, defineCommand, grpcName } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { gatewayProto } from './gateway-proto.ts';
import type { Lock } from './lock.ts';
import { constantCase } from './model.ts';

const folder = join(import.meta.dirname, '../../../../proto/ocpp_gw/v1');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const published = JSON.parse(read('gateway.lock.json')) as Lock;

const template = 'service S {\n  // {{rpcs of the commands}}\n}\n\n// {{messages of the commands}}\n';
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
  gatewayProto({ declarations: [declaration], template, lock });
/** The fields of WinkRequest that are the command's own. */
const own = ({ lock }: { lock: Lock }) => {
  const { cp_id, timeout_seconds, ...fields } = lock.messages['WinkRequest'] ?? {};
  expect([cp_id, timeout_seconds]).toEqual(['string = 1', 'int32 = 2']);
  return fields;
};
const color = (...values: string[]) => grpcName('LightColor', z.enum(values));

describe('gateway.proto', () => {
  it('and its lock are what the commands declare', () => {
    const made = gatewayProto({
      declarations: ALL_COMMANDS,
      template: read('gateway.proto.template'),
      lock: published,
    });
    expect(made.proto).toBe(read('gateway.proto'));
    expect(made.lock).toEqual(published);
  });
});

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
    expect(proto).toMatch(/message WinkResponse \{[^}]*bool lit = 6;\n\}/);
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
