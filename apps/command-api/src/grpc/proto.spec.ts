import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScalarType, fromBinary, type DescField } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from '@jest/globals';
import type { Lock } from '@ocpp-gw/codegen';
import { PROTO_ROOT } from '../testdata/proto-client.ts';
import { GATEWAY_PACKAGE, fileDescriptors, gatewayTypes, messageOf } from './proto.ts';

describe('what is served', () => {
  const lock = JSON.parse(readFileSync(join(PROTO_ROOT, 'ocpp_gw/v1/gateway.lock.json'), 'utf8')) as Lock;
  const nameOf = ({ message, enum: enumeration, scalar }: DescField): string =>
    message?.typeName.replace(`${GATEWAY_PACKAGE}.`, '') ??
    enumeration?.name ??
    ScalarType[scalar as ScalarType].toLowerCase();

  it.each(Object.entries(lock.messages))('%s has the fields that were published', (message, published) => {
    const served = messageOf(message).fields.map((field) => {
      const prefix = field.fieldKind === 'list' ? 'repeated ' : field.proto.proto3Optional ? 'optional ' : '';
      return [field.name, `${prefix}${nameOf(field)} = ${field.number}`];
    });
    expect(Object.fromEntries(served)).toEqual(published);
  });

  it.each(Object.entries(lock.enums))('%s has the values that were published', (enumeration, published) => {
    const served = gatewayTypes.getEnum(`${GATEWAY_PACKAGE}.${enumeration}`)?.values ?? [];
    expect(Object.fromEntries(served.map(({ name, number }) => [name, number]))).toEqual(published);
  });
});

describe('fileDescriptors', () => {
  const files = fileDescriptors().map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));

  it('links the gateway to the well-known files, all by their published names', () => {
    const gateway = files.find((file) => file.package === 'ocpp_gw.v1');
    expect(gateway?.dependency).toEqual([
      'events/v1/events.proto',
      'google/protobuf/struct.proto',
      'google/protobuf/timestamp.proto',
    ]);
    expect(gateway?.messageType.find(({ name }) => name === 'CallRequest')?.field[0]?.name).toBe('cp_id');
    const struct = files.find((file) => file.name === 'google/protobuf/struct.proto');
    expect(struct?.messageType.flatMap(({ field }) => field.map(({ name }) => name))).toContain('string_value');
    expect(struct?.dependency).toEqual([]);
  });

  it('marks the optional fields, so that no oneof is without fields', () => {
    const messages = files.flatMap((file) => file.messageType);
    const clear = messages.find(({ name }) => name === 'ClearChargingProfileRequest');
    const marked = clear?.field.filter(({ proto3Optional }) => proto3Optional).map(({ name }) => name);
    expect(marked).toEqual(['charging_profile_id', 'evse_id', 'stack_level']);
    for (const { field, oneofDecl } of messages)
      for (const index of oneofDecl.keys())
        expect(field.some((each) => Object.hasOwn(each, 'oneofIndex') && each.oneofIndex === index)).toBe(true);
  });
});
