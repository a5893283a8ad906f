import type { status as Grpc } from '@grpc/grpc-js';
import type { ProblemMembers, RequestFault } from './members.ts';

export interface ProblemDefinition {
  title: string;
  /** HTTP status. */
  status: number;
  /** Status of gRPC (proto/ocpp_gw/v1/gateway.proto). */
  grpc: Grpc;
  /** What to do about the problem. It is the `detail` unless the place that throws the problem gives a more exact one. */
  advice: string;
  /** After how many seconds the request may be repeated unchanged; absent where it must not be. */
  retryAfterS?: number;
  /** Members of the problem besides those of RFC 9457, as an example shows them. */
  example?: ProblemMembers & { errors?: RequestFault[] };
}

export type ProblemDefinitions = Readonly<Record<string, ProblemDefinition>>;
