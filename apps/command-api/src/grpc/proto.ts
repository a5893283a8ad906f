import { createFileRegistry, fromBinary, toBinary, type DescMessage, type FileRegistry } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { gateway } from '@ocpp-gw/contracts';
import { DESCRIPTORS } from '../generated/descriptors.ts';
import { TOO_DEEP } from '../problems/problem-error.ts';

const { name, fullName, methods } = gateway.GatewayServiceDefinition;

export const GATEWAY_SERVICE = name;
export const GATEWAY_SERVICE_NAME = fullName;
export const GATEWAY_PACKAGE = gateway.protobufPackage;

/** A generated message of libs/contracts. */
interface Codec {
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  /** Fields that are left out take their zero values. */
  fromPartial(fields: object): object;
}

interface Rpc {
  name: string;
  responseStream: boolean;
  requestType: Codec;
  responseType: Codec;
}

const RPCS = Object.values(methods) as unknown as readonly Rpc[];

/** The generated code of an rpc's messages. */
export function rpcOf(wanted: string): Rpc {
  const found = RPCS.find((rpc) => rpc.name === wanted);
  if (!found) throw new Error(`${GATEWAY_SERVICE} has no rpc ${wanted}`);
  return found;
}

/** The service for grpc-js. */
export const gatewayService: ServiceDefinition = Object.fromEntries(
  RPCS.map(({ name: rpc, requestType, responseType, responseStream }) => [
    rpc,
    {
      path: `/${GATEWAY_SERVICE_NAME}/${rpc}`,
      requestStream: false,
      responseStream,
      requestSerialize: (message: object) => Buffer.from(requestType.encode(message).finish()),
      requestDeserialize: (bytes: Buffer) => decoded(requestType, bytes),
      responseSerialize: (message: object) => Buffer.from(responseType.encode(message).finish()),
      responseDeserialize: (bytes: Buffer) => responseType.decode(bytes),
    },
  ]),
);

/** A request that cannot be decoded. Without it grpc-js would answer with an internal error. */
export class UnreadableMessage {
  constructor(readonly reason: string) {}
}

function decoded(request: Codec, bytes: Uint8Array): object {
  try {
    return request.decode(bytes);
  } catch (error) {
    const { message } = error as Error;
    return new UnreadableMessage(/recursion|call stack/i.test(message) ? TOO_DEEP : message);
  }
}

const descriptors = fromBinary(FileDescriptorSetSchema, Buffer.from(DESCRIPTORS, 'base64'));

export const gatewayTypes: FileRegistry = createFileRegistry(descriptors);

/** A message that gateway.proto declares. */
export function messageOf(wanted: string): DescMessage {
  const found = gatewayTypes.getMessage(`${GATEWAY_PACKAGE}.${wanted}`);
  if (!found) throw new Error(`gateway.proto declares no message ${wanted}`);
  return found;
}

/** gateway.proto and the files that it imports, for the reflection service. */
export function fileDescriptors(): Buffer[] {
  return descriptors.file.map((file) => Buffer.from(toBinary(FileDescriptorProtoSchema, file)));
}
