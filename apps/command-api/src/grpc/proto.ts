import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  loadSync,
  type MessageTypeDefinition,
  type MethodDefinition,
  type PackageDefinition,
} from '@grpc/proto-loader';
import { gateway } from '@ocpp-gw/contracts';
import { TOO_DEEP } from '../problems/problem-error.ts';
import type { FieldDescriptor, MessageTypes } from './message-mapping.ts';

export const GATEWAY_PACKAGE = 'ocpp_gw.v1';
export const GATEWAY_SERVICE = 'GatewayService';

const GATEWAY_PROTO = 'ocpp_gw/v1/gateway.proto';

/** A generated message of libs/contracts. */
interface Codec {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  /** Fields that are left out take their zero values. */
  fromPartial(fields: object): object;
}

/** The nearest folder `proto` above this file: the repository's from src and dist alike, the image's when packaged. */
export function protoRoot(from = import.meta.dirname): string {
  const root = join(from, 'proto');
  if (existsSync(join(root, GATEWAY_PROTO))) return root;
  const parent = dirname(from);
  if (parent === from) throw new Error(`proto/${GATEWAY_PROTO} is in no folder above ${import.meta.dirname}`);
  return protoRoot(parent);
}

/** The service definition for grpc-js, with the generated codecs in place of the reflective ones. */
export function loadGateway(): PackageDefinition {
  // keepCase makes the reflection service show the field names of the file.
  const definition = loadSync(GATEWAY_PROTO, { includeDirs: [protoRoot()], keepCase: true });
  const service = definition[`${GATEWAY_PACKAGE}.${GATEWAY_SERVICE}`] as unknown as Record<string, Method>;
  for (const method of Object.values(service)) {
    const request = codec(messageName(method.requestType));
    const response = codec(messageName(method.responseType));
    method.requestSerialize = (message) => Buffer.from(request.encode(message as never).finish());
    method.requestDeserialize = (bytes) => decoded(request, bytes);
    method.responseSerialize = (message) => Buffer.from(response.encode(message as never).finish());
    method.responseDeserialize = (bytes) => response.decode(bytes);
  }
  return definition;
}

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

type Method = MethodDefinition<object, object>;

function messageName(type: MessageTypeDefinition<object, object>): string {
  return (type.type as { name: string }).name;
}

/** The generated codec of a message. */
export function codec(message: string): Codec {
  const found = (gateway as unknown as Record<string, Codec | undefined>)[message];
  if (!found) throw new Error(`the message ${message} of ${GATEWAY_PROTO} has no codec`);
  return found;
}

/** The messages and enums that gateway.proto declares. */
export const gatewayTypes: MessageTypes = typesOf(loadGateway());

/** protoc puts an `optional` field into a oneof of its own. proto-loader keeps the oneof and loses the mark on the field. */
export function syntheticOneof(field: string): string {
  return `_${field}`;
}

export function typesOf(definition: PackageDefinition): MessageTypes {
  const declared = <T>(name: string): T => {
    const found = definition[`${GATEWAY_PACKAGE}.${name}`];
    if (!found || !('type' in found)) throw new Error(`${GATEWAY_PROTO} declares no ${name}`);
    return found.type as T;
  };
  return {
    fields: (message) => {
      const { field, oneofDecl } = declared<{ field: FieldDescriptor[]; oneofDecl: { name: string }[] }>(message);
      return field.map((each) => ({
        ...each,
        optional: oneofDecl.some(({ name }) => name === syntheticOneof(each.name)),
      }));
    },
    values: (enumeration) => declared<{ value: { name: string; number: number }[] }>(enumeration).value,
  };
}
