import type { CommandAnswers, CommandOf, TypedKind } from '@ocpp-gw/contracts';

/** One command in REST, in gRPC and on the bus, every field of it in use. */
export interface CommandSample<K extends TypedKind = TypedKind> {
  /** REST. */
  body: Record<string, unknown>;
  /** gRPC, where it is spelled otherwise than REST. */
  message?: Record<string, unknown>;
  /** On the bus. */
  command: Omit<CommandOf<K>, 'kind'>;
  /** What the charger says besides its status, as the bus has it. */
  said?: K extends keyof CommandAnswers ? CommandAnswers[K] : never;
  /** The same in a REST answer, with the ids of the command. */
  answer?: Record<string, unknown>;
  /** gRPC, where it is spelled otherwise than REST. */
  reply?: Record<string, unknown>;
}
