import type { ServiceError } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

/** As googleapis declares them. */
const { root } = protobuf.parse(
  `syntax = "proto3";
  package google.rpc;
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message ErrorInfo { string reason = 1; string domain = 2; map<string, string> metadata = 3; }
  message RequestInfo { string request_id = 1; string serving_data = 2; }
  message BadRequest {
    message FieldViolation { string field = 1; string description = 2; }
    repeated FieldViolation field_violations = 1;
  }
  message Duration { int64 seconds = 1; int32 nanos = 2; }
  message RetryInfo { Duration retry_delay = 1; }`,
);

export interface StatusDetails {
  code: number;
  message: string;
  details: ({ type: string } & Record<string, any>)[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- of every type
}

/** The google.rpc.Status of an error, decoded by another library than the one that wrote it. */
export function detailsOf({ metadata }: ServiceError): StatusDetails {
  const [bytes] = metadata.get('grpc-status-details-bin');
  const { code, message, details } = decoded('google.rpc.Status', bytes as Buffer);
  return {
    code,
    message,
    details: details.map(({ typeUrl, value }: { typeUrl: string; value: Buffer }) => {
      const type = typeUrl.replace('type.googleapis.com/', '');
      return { type, ...decoded(type, value) };
    }),
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- of every type
function decoded(type: string, bytes: Buffer): Record<string, any> {
  const message = root.lookupType(type);
  return message.toObject(message.decode(bytes), { defaults: true, arrays: true, objects: true });
}
