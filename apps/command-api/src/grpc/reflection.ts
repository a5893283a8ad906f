import { fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  type DescriptorProto,
  type FileDescriptorProto,
} from '@bufbuild/protobuf/wkt';
import type { PackageDefinition } from '@grpc/proto-loader';
import { syntheticOneof } from './proto.ts';

/** The well-known types as Google publishes them. proto-loader rewrites its own in camelCase and merges them into one file. */
const WELL_KNOWN: readonly FileDescriptorProto[] = [
  file_google_protobuf_struct.proto,
  file_google_protobuf_timestamp.proto,
];

/**
 * Adds to the definition what proto-loader leaves out of each file: the imports, because it merges files by package, and the
 * marks of `optional` fields. Without them clients of the reflection service, such as grpcurl, cannot link gateway.proto to
 * google.protobuf.Struct and refuse it as invalid.
 */
export function completeDescriptors(definition: PackageDefinition): PackageDefinition {
  return Object.fromEntries(
    Object.entries(definition).map(([name, each]) =>
      'fileDescriptorProtos' in each && Array.isArray(each.fileDescriptorProtos)
        ? [name, { ...each, fileDescriptorProtos: link(each.fileDescriptorProtos) }]
        : [name, each],
    ),
  ) as PackageDefinition;
}

function link(encoded: readonly Uint8Array[]): Buffer[] {
  const decoded = encoded.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
  const files = [...decoded.filter((file) => file.package !== 'google.protobuf'), ...WELL_KNOWN];
  for (const { messageType } of files) messageType.forEach(markOptional);
  return files.map((file) => {
    const types = references(file);
    const imported = files.filter((other) => other !== file && types.some((type) => declares(other, type)));
    return Buffer.from(toBinary(FileDescriptorProtoSchema, { ...file, dependency: imported.map(({ name }) => name) }));
  });
}

/** Without the mark, clients see the oneof of an `optional` field as one without fields and refuse it. */
function markOptional({ field, oneofDecl }: DescriptorProto): void {
  for (const each of field) {
    const index = oneofDecl.findIndex(({ name }) => name === syntheticOneof(each.name));
    if (index >= 0) Object.assign(each, { proto3Optional: true, oneofIndex: index });
  }
}

/** Every type that a name in the file may stand for, because proto-loader shortens names within their package. */
function references(file: FileDescriptorProto): string[] {
  const ofMethods = file.service.flatMap(({ method }) => method.flatMap((each) => [each.inputType, each.outputType]));
  const scopes = file.package.split('.').map((_, index, parts) => `.${parts.slice(0, index + 1).join('.')}`);
  return [...file.messageType.flatMap(ofMessage), ...ofMethods]
    .filter((type) => type !== '')
    .flatMap((type) => (type.startsWith('.') ? [type] : ['', ...scopes].map((scope) => `${scope}.${type}`)));
}

function ofMessage(message: DescriptorProto): string[] {
  return [...message.field.map(({ typeName }) => typeName), ...message.nestedType.flatMap(ofMessage)];
}

function declares(file: FileDescriptorProto, type: string): boolean {
  return [...file.messageType, ...file.enumType].some(({ name }) => {
    const own = `.${file.package}.${name}`;
    return type === own || type.startsWith(`${own}.`);
  });
}
