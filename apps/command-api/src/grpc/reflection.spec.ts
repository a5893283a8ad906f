import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from '@jest/globals';
import { loadGateway } from './proto.ts';
import { completeDescriptors } from './reflection.ts';

describe('completeDescriptors', () => {
  it('links the gateway to the well-known file of google.protobuf.Struct, all by their published names', () => {
    const message = completeDescriptors(loadGateway())['ocpp_gw.v1.CallRequest'] as { fileDescriptorProtos: Buffer[] };
    const files = message.fileDescriptorProtos.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    const gateway = files.find((file) => file.package === 'ocpp_gw.v1');
    expect(gateway?.dependency).toEqual(['google/protobuf/struct.proto']);
    expect(gateway?.messageType.find(({ name }) => name === 'CallRequest')?.field[0]?.name).toBe('cp_id');
    const struct = files.find((file) => file.name === 'google/protobuf/struct.proto');
    expect(struct?.messageType.flatMap(({ field }) => field.map(({ name }) => name))).toContain('string_value');
    expect(struct?.dependency).toEqual([]);
  });

  it('marks the optional fields, so that no oneof is without fields', () => {
    const message = completeDescriptors(loadGateway())['ocpp_gw.v1.CallRequest'] as { fileDescriptorProtos: Buffer[] };
    const files = message.fileDescriptorProtos.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    const messages = files.flatMap((file) => file.messageType);
    const clear = messages.find(({ name }) => name === 'ClearChargingProfileRequest');
    const marked = clear?.field.filter(({ proto3Optional }) => proto3Optional).map(({ name }) => name);
    expect(marked).toEqual(['charging_profile_id', 'evse_id', 'stack_level']);
    for (const { field, oneofDecl } of messages)
      for (const index of oneofDecl.keys())
        expect(field.some((each) => Object.hasOwn(each, 'oneofIndex') && each.oneofIndex === index)).toBe(true);
  });
});
