import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  loadSync,
  type MessageTypeDefinition,
  type MethodDefinition,
  type PackageDefinition,
} from '@grpc/proto-loader';
import { gateway } from '@ocpp-gw/contracts';

export const GATEWAY_PACKAGE = 'ocpp_gw.v1';
export const GATEWAY_SERVICE = 'GatewayService';

const GATEWAY_PROTO = 'ocpp_gw/v1/gateway.proto';

/** Encoders and decoders by message name: the generated ones of libs/contracts, whose types the handlers use. */
const CODECS: Readonly<
  Record<string, { encode(message: never): { finish(): Uint8Array }; decode(bytes: Uint8Array): object }>
> = {
  RemoteStartRequest: gateway.RemoteStartRequest,
  RemoteStartResponse: gateway.RemoteStartResponse,
  RemoteStopRequest: gateway.RemoteStopRequest,
  RemoteStopResponse: gateway.RemoteStopResponse,
  ResetRequest: gateway.ResetRequest,
  ResetResponse: gateway.ResetResponse,
  ChangeAvailabilityRequest: gateway.ChangeAvailabilityRequest,
  ChangeAvailabilityResponse: gateway.ChangeAvailabilityResponse,
  CallRequest: gateway.CallRequest,
  CallResponse: gateway.CallResponse,
};

/** The nearest folder `proto` above this file: the repository's from src and dist alike, the image's when packaged. */
export function protoRoot(from = import.meta.dirname): string {
  const root = join(from, 'proto');
  if (existsSync(join(root, GATEWAY_PROTO))) return root;
  const parent = dirname(from);
  if (parent === from) throw new Error(`proto/${GATEWAY_PROTO} is in no folder above ${import.meta.dirname}`);
  return protoRoot(parent);
}

/** The service as grpc-js wants it, with the generated codecs in place of reflective ones. */
export function loadGateway(): PackageDefinition {
  // keepCase: the reflection service shows the fields by the names of the file.
  const definition = loadSync(GATEWAY_PROTO, { includeDirs: [protoRoot()], keepCase: true });
  const service = definition[`${GATEWAY_PACKAGE}.${GATEWAY_SERVICE}`] as unknown as Record<string, Method>;
  for (const method of Object.values(service)) {
    const request = codec(method.requestType);
    const response = codec(method.responseType);
    method.requestSerialize = (message) => Buffer.from(request.encode(message as never).finish());
    method.requestDeserialize = (bytes) => request.decode(bytes);
    method.responseSerialize = (message) => Buffer.from(response.encode(message as never).finish());
    method.responseDeserialize = (bytes) => response.decode(bytes);
  }
  return definition;
}

type Method = MethodDefinition<object, object>;

function codec(type: MessageTypeDefinition<object, object>): (typeof CODECS)[string] {
  const { name } = type.type as { name: string };
  const found = CODECS[name];
  if (!found) throw new Error(`the message ${name} of ${GATEWAY_PROTO} has no codec`);
  return found;
}
