import { beforeAll, describe, expect, it } from '@jest/globals';
import { schemaFaultsOf } from '@ocpp-gw/codegen';
import { ALL_COMMANDS } from '@ocpp-gw/contracts';
import { PROBLEM_KINDS, problemType } from '../../problems/registry.ts';
import { documentOfRoutes } from './export.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- a document of any depth */
let document: any;

beforeAll(async () => {
  document = JSON.parse(JSON.stringify(await documentOfRoutes()));
});

const operations = (): [string, any][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as object).map(([method, operation]): [string, any] => [`${method} ${path}`, operation]),
  );

/** The response itself when it is a reference. */
function resolved(response: any): any {
  return response.$ref ? document.components.responses[response.$ref.split('/').at(-1)] : response;
}

/** Texts in an example that are only the name of their field, which nobody gave a value: `meta({ examples })` or example-values.ts. */
function placeholders(example: unknown, field = ''): string[] {
  if (typeof example === 'object' && example !== null)
    return Object.entries(example).flatMap(([name, value]) =>
      placeholders(value, Array.isArray(example) ? field : name),
    );
  return example === field && field !== '' ? [`${field} has no real example`] : [];
}

describe('the values in the OpenAPI document', () => {
  it('has an example of every successful answer, which fits its schema and has real values', () => {
    const faultsOf = schemaFaultsOf(document);
    const faults = operations().flatMap(([name, { responses }]) =>
      Object.entries<any>(responses).flatMap(([status, response]) => {
        const { content } = resolved(response);
        const media = content?.['application/json'];
        if (!media || Number(status) >= 300) return [];
        return [...faultsOf(media.schema, media.example), ...placeholders(media.example)].map(
          (fault) => `${name} ${status}: ${fault}`,
        );
      }),
    );
    expect(faults).toEqual([]);
  });

  it('has examples of bodies and problems that fit their schemas', () => {
    const faultsOf = schemaFaultsOf(document);
    for (const { kind } of ALL_COMMANDS) {
      const schema = document.components.schemas[`${kind}Request`];
      expect([kind, faultsOf(schema, schema.example ?? schema.examples?.[0])]).toEqual([kind, []]);
    }
    for (const [kind, { value }] of Object.entries<any>(document.components.examples))
      expect([kind, faultsOf({ $ref: '#/components/schemas/Problem' }, value)]).toEqual([kind, []]);
  });

  it('lists the types of problems, and the values that a charge point usually sends beside any other', () => {
    const { properties } = document.components.schemas.Problem;
    expect(properties.type.enum).toEqual(PROBLEM_KINDS.map(problemType));
    expect(properties.call_error.properties.code.type).toBe('string');
    const { status } = document.components.schemas.Connector.properties;
    expect(status.anyOf).toEqual([{ type: 'string', enum: expect.arrayContaining(['Available']) }, { type: 'string' }]);
  });

  it('gives no example of an optional parameter, which Swagger UI would send', () => {
    const optional = operations().flatMap(([, { parameters = [] }]) =>
      parameters.filter((each: any) => !each.required),
    );
    expect(optional.filter((each: any) => /"examples?":/.test(JSON.stringify(each)))).toEqual([]);
  });

  it('has an example of every problem that REST answers with, of the right type and status', () => {
    const shown = new Map<string, number>();
    for (const [, { responses }] of operations())
      for (const [status, response] of Object.entries<any>(responses))
        for (const kind of Object.keys(resolved(response).content?.['application/problem+json']?.examples ?? {}))
          shown.set(kind, Number(status));
    // Two are answers where there is no route to document, one is where nobody is left to answer, one ends a stream that has begun.
    const undocumented = ['method-not-allowed', 'route-not-found', 'command-cancelled', 'stream-too-slow'];
    expect([...shown.keys(), ...undocumented].sort()).toEqual([...PROBLEM_KINDS].sort());
    for (const [kind, status] of shown)
      expect(document.components.examples[kind].value).toMatchObject({
        type: problemType(kind as never),
        status,
        detail: expect.any(String),
      });
  });
});
