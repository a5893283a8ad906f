import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_COMMANDS } from '@ocpp-gw/contracts';
import { schemaFaultsOf } from '@ocpp-gw/codegen';
import { SCOPES } from '../../auth/scope.ts';
import { PROBLEM_KINDS, problemType } from '../../problems/registry.ts';
import { startApi, type RunningApi } from '../../testdata/api.ts';
import { fakes } from '../../testdata/fakes.ts';
import { documentOfRoutes } from './export.ts';
import { GROUPS } from './groups.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- a document of any depth */
let api: RunningApi;
let document: any;
const open = { headers: { authorization: '' } };

beforeAll(async () => {
  api = await startApi({ EVEYS_OCPP_REST_OPENAPI_ENABLED: 'true' }, fakes().overrides);
  document = (await api.request('GET', '/api/v1/openapi.json', open)).body;
});
afterAll(() => api.stop());

const operations = (): [string, any][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as object).map(([method, operation]): [string, any] => [`${method} ${path}`, operation]),
  );

/** Paths of the properties with neither a description nor an enum nor a schema of their own. */
function silent(schema: any, path: string): string[] {
  const nested = [schema.items, ...(schema.anyOf ?? [])].filter(Boolean);
  return [
    ...nested.flatMap((each: any) => silent(each, path)),
    ...Object.entries<any>(schema.properties ?? {}).flatMap(([name, each]) => [
      ...(each.description || each.enum || each.$ref ? [] : [`${path}.${name}`]),
      ...silent(each, `${path}.${name}`),
    ]),
  ];
}

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

/** Names of the schemas that a part of the document refers to, directly and by other schemas. */
function namedIn(part: unknown, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)/g)) {
    if (found.has(name)) continue;
    found.add(name);
    namedIn(document.components.schemas[name], found);
  }
  return found;
}

describe('the OpenAPI document', () => {
  it('is 3.1, and the same when it is exported without the service', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([expect.objectContaining({ url: '/' })]);
    expect(JSON.parse(JSON.stringify(await documentOfRoutes()))).toEqual(document);
  });

  it('has a route for every command', () => {
    const posts = operations().map(([name]) => name);
    for (const { slug } of ALL_COMMANDS) expect(posts).toContain(`post /api/v1/charge-points/{cp_id}/commands/${slug}`);
  });

  it('needs a token with one scope everywhere but on health and readiness', () => {
    const scopes = operations().map(([name, { security }]): [string, unknown] => [name, security[0]?.bearer]);
    const without = scopes.flatMap(([name, scope]) => (scope ? [] : [name]));
    expect(without).toEqual(['get /api/v1/health', 'get /api/v1/ready']);
    const wrong = scopes.filter(([, scope]) => scope && !SCOPES.some((each) => String(scope) === each));
    expect(wrong).toEqual([]);
  });

  it('says the scope of every route in words', () => {
    for (const [name, { security, description }] of operations())
      if (security.length > 0)
        expect([name, description]).toEqual([name, expect.stringContaining(`scope \`${security[0].bearer}\``)]);
  });

  it('names operations as methods of a client: a verb and what it concerns, once', () => {
    const ids = operations().map(([name, { operationId }]): [string, string] => [operationId, name]);
    const reused = ids.filter(([id], at) => ids.findIndex(([other]) => other === id) !== at);
    expect(reused).toEqual([]);
    // Commands have the names of their routes.
    const others = ids.filter(([, name]) => !name.includes('/commands/'));
    expect(others.filter(([id]) => !/^[a-z]+([A-Z][a-z0-9]+)+$/.test(id))).toEqual([]);
    for (const { slug } of ALL_COMMANDS) {
      const { post } = document.paths[`/api/v1/charge-points/{cp_id}/commands/${slug}`];
      expect(post.operationId).toBe(slug.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase()));
    }
  });

  it('puts every route into one group that has a description', () => {
    const groups = operations().map(([name, { tags }]): [string, string[]] => [name, tags]);
    expect(groups.filter(([, tags]) => tags?.length !== 1 || !Object.keys(GROUPS).includes(tags[0] ?? ''))).toEqual([]);
    const used = new Set(groups.flatMap(([, tags]) => tags));
    expect(document.tags.map(({ name }: any) => name).sort()).toEqual([...used].sort());
    for (const { name, description } of document.tags)
      expect([name, description]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/)]);
  });

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

  it('has no default, which generators take for a required field, and no limit of JavaScript', () => {
    expect(JSON.stringify(document)).not.toMatch(/"default":(?!\{)|9007199254740991/);
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

  it('describes bodies by the schemas that check them', () => {
    const { requestBody } = document.paths['/api/v1/charge-points/{cp_id}/commands/remote-start'].post;
    expect(requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/RemoteStartRequest' });
    const schema = document.components.schemas.RemoteStartRequest;
    expect(schema.required).toEqual(['id_token']);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.timeout_s).toMatchObject({
      minimum: 1,
      maximum: 30,
      description: expect.stringMatching(/If absent, it is 30$/),
    });
  });

  it('describes every command: what it is in either protocol, its body with an example, its answer', () => {
    const ids = new Set<string>();
    expect(ALL_COMMANDS.length).toBeGreaterThan(40);
    for (const { slug, kind, summary, request } of ALL_COMMANDS) {
      const { post } = document.paths[`/api/v1/charge-points/{cp_id}/commands/${slug}`];
      expect(post.summary).toBe(summary);
      expect(summary).toMatch(/1\.6.*2\.0\.1|2\.0\.1 only; 1\.6 has /);
      ids.add(post.operationId);
      const body = post.requestBody;
      expect(body.required).toBe(!request.safeParse({}).success);
      expect(body.content['application/json'].schema.$ref).toBe(`#/components/schemas/${kind}Request`);
      const { example } = document.components.schemas[`${kind}Request`];
      expect([slug, request.safeParse(example).success]).toEqual([slug, true]);
      const answer = post.responses['200'].content['application/json'].schema.$ref;
      expect(answer).toMatch(new RegExp(`schemas/(Command|${kind})Answer$`));
      expect(Object.keys(post.responses).sort()).toEqual([
        '200',
        '202',
        '400',
        '401',
        '403',
        '404',
        '409',
        '413',
        '415',
        '422',
        '429',
        '431',
        '500',
        '502',
        '503',
        '504',
      ]);
    }
    expect(ids.size).toBe(45);
  });

  it('says of every field of a command what it is', () => {
    const unsaid = ALL_COMMANDS.flatMap(({ kind, answer }) => [
      ...silent(document.components.schemas[`${kind}Request`], kind),
      ...silent(document.components.schemas[answer.meta()?.id ?? ''], `${kind} answer`),
    ]);
    // Names that say it.
    const plain = /\.(key|readonly|reason_code|additional_info|start_schedule|min_charging_rate|number_phases)$/;
    expect(unsaid.filter((path) => !plain.test(path))).toEqual([]);
  });

  it('says of every field of every other route what it is', () => {
    const others = operations().filter(([name]) => !/\/(commands|calls|events|health|ready)\b/.test(name));
    const used = namedIn(others);
    expect(used.size).toBeGreaterThan(40);
    const bodies = others.flatMap(([name, { responses }]): [string, any][] => {
      if (responses['204']) return [];
      return [[name, (responses['200'] ?? responses['201']).content['application/json'].schema]];
    });
    const named = [...used].map((name): [string, any] => [name, document.components.schemas[name]]);
    expect([...named, ...bodies].flatMap(([name, schema]) => silent(schema, name))).toEqual([]);
  });

  it('says of every query parameter what it selects', () => {
    const parameters = operations().flatMap(([name, { parameters = [] }]) =>
      parameters.map((each: any) => [`${name} ${each.name}`, each.description]),
    );
    expect(parameters.filter(([, description]) => !description)).toEqual([]);
  });

  it('gives no example of an optional parameter, which Swagger UI would send', () => {
    const optional = operations().flatMap(([, { parameters = [] }]) =>
      parameters.filter((each: any) => !each.required),
    );
    expect(optional.filter((each: any) => /"examples?":/.test(JSON.stringify(each)))).toEqual([]);
  });

  it('names every operation by what it does', () => {
    const summaries = operations().flatMap(([name, { summary }]) =>
      /\/(commands|health|ready)/.test(name) ? [] : [summary],
    );
    expect(
      summaries.filter(
        (summary) =>
          !/^(List|Get|Create|Change|Cancel|Delete|Remove|Retire|Restore|End|Assign|Send|Pause|Resume|Replay|Resend|Rotate|Stream) /.test(
            summary,
          ),
      ),
    ).toEqual([]);
  });

  it('lists the actions of both protocols that a call may have', () => {
    const { parameters } = document.paths['/api/v1/charge-points/{cp_id}/calls/{action}'].post;
    const { description } = parameters.find((each: any) => each.name === 'action');
    expect(description).toMatch(/ocpp1\.6: CancelReservation, .*UpdateFirmware\. ocpp2\.0\.1: CancelReservation, /);
  });

  it('describes query parameters by the schemas that check them', () => {
    const { parameters } = document.paths['/api/v1/transactions'].get;
    expect(parameters.map((each: any) => `${each.in} ${each.name}`)).toEqual([
      'query cp_id',
      'query state',
      'query from',
      'query to',
      'query id_token',
      'query remote_start_id',
      'query reservation_id',
      'query evse_id',
      'query tag',
      'query suspect',
      'query unassigned',
      'query sort',
      'query limit',
      'query cursor',
    ]);
    expect(parameters.every((each: any) => each.required === false)).toBe(true);
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

  it('resolves every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target as string,
    );
    expect(references.length).toBeGreaterThan(10);
    for (const target of references) {
      const found = target
        .slice(2)
        .split('/')
        .reduce((node: any, key) => node?.[key], document);
      expect([target, typeof found]).toEqual([target, 'object']);
    }
  });
});

describe('the API documents', () => {
  it('are announced in the log as a warning', () => {
    expect(api.logs).toContainEqual(expect.objectContaining({ level: 'warn', msg: 'rest_openapi.enabled' }));
  });

  it.each([
    ['/api/v1/docs', /swagger-ui/],
    ['/api/v1/docs/swagger-ui-bundle.js', /SwaggerUIBundle/],
    ['/api/v1/redoc', /<redoc spec-url="\/api\/v1\/openapi.json">/],
    ['/api/v1/redoc/redoc.standalone.js', /Redoc/],
    ['/api/v1/errors', /<h2 id="charge-point-offline">/],
    ['/favicon.ico', /<svg/],
  ])('are served from here, without a token: %s', async (path, content) => {
    const { status, body, headers } = await api.request('GET', path, open);
    expect(status).toBe(200);
    expect(body).toMatch(content);
    expect(headers.get('x-request-id')).toBeTruthy();
  });

  it('are what a problem links to', async () => {
    const { headers } = await api.request('GET', '/api/v1/charge-points/NOBODY');
    expect(headers.get('link')).toBe('</api/v1/errors#charge-point-not-found>; rel="help"');
  });

  it('name no other host', async () => {
    for (const path of ['/api/v1/docs', '/api/v1/redoc', '/api/v1/errors'])
      expect((await api.request('GET', path, open)).body).not.toMatch(/(src|href)="(https?:)?\/\//);
  });
});
