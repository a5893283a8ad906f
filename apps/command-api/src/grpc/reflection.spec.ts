import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from '@jest/globals';
import { loadGateway } from './proto.ts';
import { withImports } from './reflection.ts';

describe('withImports', () => {
  it('links the gateway to the well-known file of google.protobuf.Struct, all by their published names', () => {
    const message = withImports(loadGateway())['ocpp_gw.v1.CallRequest'] as { fileDescriptorProtos: Buffer[] };
    const files = message.fileDescriptorProtos.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    const gateway = files.find((file) => file.package === 'ocpp_gw.v1');
    expect(gateway?.dependency).toEqual(['google/protobuf/struct.proto']);
    expect(gateway?.messageType[0]?.field[0]?.name).toBe('cp_id');
    const struct = files.find((file) => file.name === 'google/protobuf/struct.proto');
    expect(struct?.messageType.flatMap(({ field }) => field.map(({ name }) => name))).toContain('string_value');
    expect(struct?.dependency).toEqual([]);
  });
});
