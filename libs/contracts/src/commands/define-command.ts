import { z } from 'zod';
import { answerShape, commandAnswer } from './answer.ts';
import { kebabCase, type CamelKeys } from './names.ts';

/** A command as everything that carries it needs it. `R` is its request, `M` the field that the gateway makes, `A` its answer. */
export interface CommandDeclaration<
  K extends string = string,
  R extends z.ZodObject = z.ZodObject,
  M extends string = string,
  A extends z.ZodRawShape = z.ZodRawShape,
> {
  /** On the bus; also the name of the rpc. */
  kind: K;
  /** Ends the path of the route. */
  slug: string;
  summary: string;
  /** Slug of the command that comes nearest, for a protocol that has no such message. */
  nearest?: string;
  /** What the caller says, in snake_case. */
  request: R;
  example: z.input<R>;
  /** The field of the request that the gateway fills in where the caller leaves it out, with an id of its own. */
  made?: M;
  /** What the charge point says besides its status. */
  said: A;
  /** All of the answer. */
  answer: z.ZodObject;
}

export function defineCommand<
  const K extends string,
  R extends z.ZodObject,
  const M extends keyof z.output<R> & string = never,
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- no fields, rather than any
  A extends z.ZodRawShape = {},
>(parts: {
  kind: K;
  summary: string;
  nearest?: string;
  request: R;
  example: z.input<R>;
  made?: M;
  answer?: A;
}): CommandDeclaration<K, R, M, A> {
  const { kind, summary, nearest, request, example, made, answer } = parts;
  const madeField = made === undefined ? {} : { [made]: (request.shape as z.ZodRawShape)[made] };
  return {
    kind,
    slug: kebabCase(kind),
    summary,
    nearest,
    request,
    example,
    made,
    said: answer ?? ({} as A),
    answer:
      answer || made !== undefined
        ? z.object({ ...answerShape, ...z.object(madeField).required().shape, ...answer }).meta({ id: `${kind}Answer` })
        : commandAnswer,
  };
}

/** The request in the words of the bus, where the field that the gateway fills in is always there. */
type Filled<R extends z.ZodObject, M> = CamelKeys<
  Omit<z.output<R>, M & string> & { [F in M & keyof z.output<R>]-?: NonNullable<z.output<R>[F]> }
>;

type Flat<T> = { [K in keyof T]: T[K] };

/** The command as it travels on the bus. */
export type CommandOn<D> =
  D extends CommandDeclaration<infer K, infer R, infer M>
    ? Flat<{ kind: K } & (keyof R['shape'] extends never ? unknown : Filled<R, M>)>
    : never;

/** What the charge point says besides its status, as it travels on the bus; what it leaves out becomes null for callers. */
export type AnswerOn<D> = D extends { said: infer A extends z.ZodRawShape }
  ? CamelKeys<z.input<z.ZodObject<A>>>
  : never;
