import type { Command, CommandAnswers } from '@ocpp-gw/contracts';
import { z } from 'zod';
import type { RequestFault } from '../problems/problem-error.ts';
import { answerShape, commandAnswer } from './answer.ts';
import { camelCase, renameKeys, type CamelKeys } from './case.ts';
import type { timeoutSeconds } from './fields.ts';
import type { OpenSigning, SigningUse } from './signings.ts';

/** The commands that have a route and an rpc of their own. */
export type TypedCommand = Exclude<Command, { kind: 'Call' }>;
export type TypedKind = TypedCommand['kind'];

/** What a check of meaning may need to know. */
export interface CheckFacts {
  now: Date;
  /** The latest request of the charge point for a certificate of this use that waits for its answer. */
  openSigning(use: SigningUse): Promise<OpenSigning | null>;
}

/** A command as both doors and the API description need it. */
export interface CommandDefinition<K extends TypedKind = TypedKind> {
  /** On the bus; also the name of the rpc. */
  kind: K;
  /** Ends the path of the route. */
  slug: string;
  summary: string;
  request: z.ZodObject;
  /** The field of the request that the gateway fills in where the caller leaves it out, with an id of its own. */
  made?: string;
  answer: z.ZodObject;
  /** What no schema shows. A payload in one protocol's eyes is judged by ws-edge, which knows the protocol. */
  check?(request: Record<string, unknown>, facts: CheckFacts): RequestFault[] | Promise<RequestFault[]>;
}

type Request = z.ZodObject<{ timeout_s: typeof timeoutSeconds }>;
type OfKind<K extends TypedKind> = Omit<Extract<TypedCommand, { kind: K }>, 'kind'>;
type AnswerOf<K extends TypedKind> = K extends keyof CommandAnswers ? CommandAnswers[K] : object;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** The request in the words of the bus, the field that the gateway fills in among them. */
type Filled<S extends Request, M> = CamelKeys<
  Omit<z.output<S>, 'timeout_s' | (M & string)> & { [F in M & keyof z.output<S>]-?: NonNullable<z.output<S>[F]> }
>;

/** `unknown` where the request is the command of the bus, field by field; else a type that no definition has. */
type RequestFits<K extends TypedKind, S extends Request, M> = [
  Same<keyof Filled<S, M>, keyof OfKind<K>>,
  Filled<S, M>,
] extends [true, OfKind<K>]
  ? unknown
  : { request: ['is not the command of the bus', OfKind<K>, Filled<S, M>] };

/** What the charger says besides its status, in the words of the bus; a field that it leaves out becomes null. */
type Said<A extends z.ZodRawShape> = CamelKeys<{ [F in keyof A]?: z.input<A[F]> }>;

/** The same for the answer. */
type AnswerFits<K extends TypedKind, A extends z.ZodRawShape> = [
  Same<keyof Said<A>, keyof AnswerOf<K>>,
  AnswerOf<K>,
] extends [true, Said<A>]
  ? unknown
  : { answer: ['is not the answer of the bus', AnswerOf<K>, Said<A>] };

/** A request or an answer that does not fit its command on the bus does not compile. */
export function defineCommand<
  const K extends TypedKind,
  S extends Request,
  const M extends keyof z.output<S> & string = never,
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- no fields, rather than any
  A extends z.ZodRawShape = {},
>(
  parts: {
    kind: K;
    slug: string;
    summary: string;
    request: S;
    example: z.input<S>;
    made?: M;
    answer?: A;
    check?(request: z.output<S>, facts: CheckFacts): RequestFault[] | Promise<RequestFault[]>;
  } & RequestFits<K, S, M> &
    AnswerFits<K, A>,
): CommandDefinition<K> {
  const { kind, slug, summary, request, example, made, answer } = parts;
  const madeField = made === undefined ? {} : { [made]: (request.shape as z.ZodRawShape)[made] };
  return {
    kind,
    slug,
    summary,
    request: request.meta({ id: `${kind}Request`, examples: [example] }),
    made,
    answer:
      answer || made !== undefined
        ? z.object({ ...answerShape, ...z.object(madeField).required().shape, ...answer }).meta({ id: `${kind}Answer` })
        : commandAnswer,
    check: parts.check as CommandDefinition['check'],
  };
}

/** Of one request that the definition's schema has read. {@link RequestFits} has shown that the result is a command. */
export function toCommand(definition: CommandDefinition, request: Record<string, unknown>): Command {
  const { timeout_s: _, ...fields } = request;
  return { kind: definition.kind, ...(renameKeys(fields, camelCase) as object) } as Command;
}
