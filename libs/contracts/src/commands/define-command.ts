import { z } from 'zod';
import { answerShape, commandAnswer } from './answer.ts';
import { kebabCase, type CamelKeys } from './names.ts';

/** What callers use a command for. The API description groups its routes by it. */
export type CommandJob =
  | 'charging'
  | 'availability'
  | 'reservations'
  | 'authorization'
  | 'smart charging'
  | 'configuration'
  | 'device model'
  | 'firmware'
  | 'diagnostics'
  | 'certificates'
  | 'display'
  | 'other messages';

/** The declaration of a command. `R` is its request, `M` the field that the gateway fills in, `A` the fields of its answer. */
export interface CommandDeclaration<
  K extends string = string,
  R extends z.ZodObject = z.ZodObject,
  M extends string = string,
  A extends z.ZodRawShape = z.ZodRawShape,
> {
  /** Name on the bus and of the rpc. */
  kind: K;
  job: CommandJob;
  /** Last segment of the path of the route. */
  slug: string;
  summary: string;
  /** Slug of the most similar command, for a protocol that has no such message. */
  nearest?: string;
  /** Body of the caller, in snake_case. */
  request: R;
  example: z.input<R>;
  /** The field of the request that the gateway fills in with a new id when the caller leaves it out. */
  made?: M;
  /** The fields of the charge point's answer besides its status. */
  said: A;
  /** The whole answer. */
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
  job: CommandJob;
  summary: string;
  nearest?: string;
  request: R;
  example: z.input<R>;
  made?: M;
  answer?: A;
}): CommandDeclaration<K, R, M, A> {
  const { kind, job, summary, nearest, request, example, made, answer } = parts;
  const madeField = made === undefined ? {} : { [made]: (request.shape as z.ZodRawShape)[made] };
  return {
    kind,
    job,
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

/** The request as it is on the bus, where the field that the gateway fills in is always present. */
type Filled<R extends z.ZodObject, M> = CamelKeys<
  Omit<z.output<R>, M & string> & { [F in M & keyof z.output<R>]-?: NonNullable<z.output<R>[F]> }
>;

type Flat<T> = { [K in keyof T]: T[K] };

/** The command as it is on the bus. */
export type CommandOn<D> =
  D extends CommandDeclaration<infer K, infer R, infer M>
    ? Flat<{ kind: K } & (keyof R['shape'] extends never ? unknown : Filled<R, M>)>
    : never;

/** The fields of the answer besides its status, as they are on the bus. A field that is absent there is null for callers. */
export type AnswerOn<D> = D extends { said: infer A extends z.ZodRawShape }
  ? CamelKeys<z.input<z.ZodObject<A>>>
  : never;
