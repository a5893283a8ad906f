import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { RequestFault } from '../problems/members.ts';
import type { ProblemError } from '../problems/problem-error.ts';
import { problemDefinition } from '../problems/registry.ts';

const DOMAIN = 'ocpp-gw';
/** How long a client waits before it tries again when a dependency is unavailable. */
const RETRY_AFTER_S = 5;

/** The problem as google.rpc.Status, for the trailer grpc-status-details-bin. */
export function statusDetails(problem: ProblemError, parts: { message: string; requestId: string }): Buffer {
  const { grpc, status } = problemDefinition(problem.kind);
  const details = [
    any('google.rpc.ErrorInfo', errorInfo(problem)),
    any('google.rpc.RequestInfo', message().tag(1, WireType.LengthDelimited).string(parts.requestId)),
    ...(problem.errors ? [any('google.rpc.BadRequest', badRequest(problem.errors))] : []),
    ...(status === 503 ? [any('google.rpc.RetryInfo', retryInfo())] : []),
  ];
  const writer = message().tag(1, WireType.Varint).int32(grpc);
  writer.tag(2, WireType.LengthDelimited).string(parts.message);
  for (const detail of details) nested(writer, 3, detail);
  return Buffer.from(writer.finish());
}

/** `reason` is the kind of the problem. The other members of the REST problem are the metadata. */
function errorInfo({ kind, members }: ProblemError): BinaryWriter {
  const writer = message().tag(1, WireType.LengthDelimited).string(kind);
  writer.tag(2, WireType.LengthDelimited).string(DOMAIN);
  for (const [key, value] of Object.entries(members)) {
    const entry = message().tag(1, WireType.LengthDelimited).string(key);
    entry.tag(2, WireType.LengthDelimited).string(typeof value === 'string' ? value : JSON.stringify(value));
    nested(writer, 3, entry);
  }
  return writer;
}

function badRequest(faults: readonly RequestFault[]): BinaryWriter {
  const writer = message();
  for (const fault of faults) {
    const violation = message().tag(1, WireType.LengthDelimited).string(fieldOf(fault));
    nested(writer, 1, violation.tag(2, WireType.LengthDelimited).string(fault.message));
  }
  return writer;
}

/** `/id_tokens/0/id_token` is `id_tokens.0.id_token`. */
function fieldOf({ pointer, parameter }: RequestFault): string {
  const steps = pointer?.split('/').slice(1) ?? [];
  return parameter ?? steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

function retryInfo(): BinaryWriter {
  return nested(message(), 1, message().tag(1, WireType.Varint).int64(RETRY_AFTER_S));
}

function any(type: string, value: BinaryWriter): BinaryWriter {
  const writer = message().tag(1, WireType.LengthDelimited).string(`type.googleapis.com/${type}`);
  return nested(writer, 2, value);
}

function nested(writer: BinaryWriter, field: number, value: BinaryWriter): BinaryWriter {
  return writer.tag(field, WireType.LengthDelimited).bytes(value.finish());
}

function message(): BinaryWriter {
  return new BinaryWriter();
}
