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

/** As Google publishes them: proto-loader's own are rewritten in camelCase and merged into one file. */
const WELL_KNOWN: readonly FileDescriptorProto[] = [
  file_google_protobuf_struct.proto,
  file_google_protobuf_timestamp.proto,
];

/**
 * The definition with what proto-loader leaves out of each file filled in: its imports (it merges files by package), and
 * which fields are `optional`. Without them clients of the reflection service, grpcurl among them, cannot link
 * gateway.proto to google.protobuf.Struct, nor take it for valid.
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

/** Without the mark the oneof of an `optional` field is one without fields, which clients refuse. */
function markOptional({ field, oneofDecl }: DescriptorProto): void {
  for (const each of field) {
    const index = oneofDecl.findIndex(({ name }) => name === syntheticOneof(each.name));
    if (index >= 0) Object.assign(each, { proto3Optional: true, oneofIndex: index });
  }
}

/** Every type that the file may mean: proto-loader writes a name as short as the package it is used in allows. */
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
