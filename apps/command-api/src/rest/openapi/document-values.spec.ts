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

  it('says what reads an answer again by operations and parameters that there are', () => {
    const byId = new Map(operations().map(([, operation]) => [operation.operationId, operation]));
    const links = operations().flatMap(([name, { responses }]) =>
      Object.values<any>(responses).flatMap((response) => {
        const { links: own = {}, content } = resolved(response);
        return Object.values<any>(own).map((link) => ({ name, link, answer: content['application/json'].schema }));
      }),
    );
    expect(new Set(links.map(({ link }) => link.operationId)).size).toBe(6);
    for (const { name, link, answer } of links) {
      const inPath = byId.get(link.operationId).parameters.filter((each: any) => each.in === 'path');
      expect([name, Object.keys(link.parameters).toSorted()]).toEqual([
        name,
        inPath.map((each: any) => each.name).toSorted(),
      ]);
      const { properties } = document.components.schemas[answer.$ref.split('/').at(-1)];
      for (const expression of Object.values<string>(link.parameters))
        expect(properties).toHaveProperty([expression.replace('$response.body#/', '')]);
    }
  });

  it('refuses in schemas what either version of OCPP refuses, and what only words would say otherwise', () => {
    const faultsOf = schemaFaultsOf(document);
    const customer = { report: true, clear: false, id_token: 'T' };
    const profile = {
      charging_profile_id: 1,
      stack_level: 0,
      purpose: 'TxDefaultProfile',
      kind: 'Relative',
      schedule: { charging_rate_unit: 'A', periods: [{ start_period: 0, limit: 6 }] },
    };
    const reservation = { id_token: 'T', expires_at: '2036-01-31T12:00:00Z' };
    const bodies: [string, object, boolean][] = [
      ['CustomerInformation', customer, true],
      ['CustomerInformation', { ...customer, customer_identifier: 'C' }, false],
      ['CustomerInformation', { report: true, clear: true }, false],
      ['CustomerInformation', { ...customer, report: false }, false],
      ['ReserveNow', { ...reservation, evse_id: 1 }, true],
      ['ReserveNow', { ...reservation, connector_type: 'Pan' }, true],
      ['ReserveNow', { ...reservation, evse_id: 1, connector_type: 'Pan' }, false],
      ['SetChargingProfile', { evse_id: 1, charging_profile: profile }, true],
      ['SetChargingProfile', { evse_id: 1, charging_profile: { ...profile, kind: 'Recurring' } }, false],
      ['SetChargingProfile', { evse_id: 1, charging_profile: { ...profile, recurrency_kind: 'Daily' } }, false],
      ['SetChargingProfile', { evse_id: 1, charging_profile: { ...profile, transaction_id: '7' } }, false],
    ];
    for (const [kind, body, fits] of bodies)
      expect([kind, body, faultsOf({ $ref: `#/components/schemas/${kind}Request` }, body).length === 0]).toEqual([
        kind,
        body,
        fits,
      ]);
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
