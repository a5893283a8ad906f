import { type JSONSchema, compile } from 'json-schema-to-typescript';
import type { Catalogue } from './catalogue.ts';

const closed = (properties: Record<string, JSONSchema>): JSONSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** TypeScript types of every message and of what they share, one flat file; `Messages` pairs them by action. */
export async function writeMessageTypes({ actions, document }: Catalogue): Promise<string> {
  const pairs = actions.map((action) => [
    action,
    closed({
      request: { $ref: `#/definitions/${action}Request` },
      response: { $ref: `#/definitions/${action}Response` },
    }),
  ]);
  return compile({ ...closed(Object.fromEntries(pairs)), ...document } as JSONSchema, 'Messages', {
    bannerComment: '',
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    style: { singleQuote: true, printWidth: 120 },
  });
}

/** Declarations of what `validators.ts` writes. */
export function writeValidatorTypes(): string {
  return `import type { Messages } from './messages.d.ts';

/** A schema fault as Ajv reports it. */
export interface SchemaError {
  keyword: string;
  /** JSON pointer to the faulty value. */
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  message?: string;
}

export interface Validator {
  (payload: unknown): boolean;
  /** The faults of the latest call, until the next. */
  errors?: SchemaError[] | null;
}

/** Stop at the first fault. */
export declare const validators: Readonly<Record<keyof Messages, Readonly<{ request: Validator; response: Validator }>>>;
`;
}

export function writeThoroughValidatorTypes(): string {
  return `import type { Messages } from './messages.d.ts';
import type { Validator } from './validators.js';

/** Find every fault. Requests only. */
export declare const thoroughValidators: Readonly<Record<keyof Messages, Validator>>;
`;
}
