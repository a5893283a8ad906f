import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_COMMANDS } from '@ocpp-gw/contracts';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { PROBLEM_KINDS, problemType } from '../problems/registry.ts';

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
  it('is 3.1 and lists every route', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual([
      'get /api/v1/charge-points',
      'get /api/v1/charge-points/{cp_id}',
      'get /api/v1/charge-points/{cp_id}/availability',
      'get /api/v1/charge-points/{cp_id}/certificate-signings',
      'get /api/v1/charge-points/{cp_id}/charging-limits',
      'get /api/v1/charge-points/{cp_id}/charging-profiles',
      'get /api/v1/charge-points/{cp_id}/commands',
      'get /api/v1/charge-points/{cp_id}/configuration',
      'get /api/v1/charge-points/{cp_id}/display-messages',
      'get /api/v1/charge-points/{cp_id}/firmware-publications',
      'get /api/v1/charge-points/{cp_id}/firmware-updates',
      'get /api/v1/charge-points/{cp_id}/installed-certificates',
      'get /api/v1/charge-points/{cp_id}/local-list',
      'get /api/v1/charge-points/{cp_id}/log-uploads',
      'get /api/v1/charge-points/{cp_id}/meter-values',
      'get /api/v1/charge-points/{cp_id}/monitors',
      'get /api/v1/charge-points/{cp_id}/network-profiles',
      'get /api/v1/charge-points/{cp_id}/reports',
      'get /api/v1/charge-points/{cp_id}/reports/{ocpp_request_id}',
      'get /api/v1/charge-points/{cp_id}/reservations',
      'get /api/v1/charge-points/{cp_id}/security-events',
      'get /api/v1/charge-points/{cp_id}/station-events',
      'get /api/v1/charge-points/{cp_id}/transactions/{transaction_id}',
      'get /api/v1/charge-points/{cp_id}/variables',
      'get /api/v1/commands',
      'get /api/v1/commands/{command_id}',
      'get /api/v1/events',
      'get /api/v1/health',
      'get /api/v1/ready',
      'get /api/v1/reconnect-loops',
      'get /api/v1/transactions',
      'post /api/v1/charge-points/{cp_id}/calls/{action}',
      ...ALL_COMMANDS.map(({ slug }) => `post /api/v1/charge-points/{cp_id}/commands/${slug}`).sort(),
      'post /api/v1/charge-points/{cp_id}/transactions/{transaction_id}/assign',
      'post /api/v1/charge-points/{cp_id}/transactions/{transaction_id}/end',
      'put /api/v1/charge-points/{cp_id}',
    ]);
  });

  it('asks for a token everywhere but on health and readiness', () => {
    const without = operations()
      .filter(([, operation]) => !operation.security)
      .map(([name]) => name);
    expect(without).toEqual(['get /api/v1/health', 'get /api/v1/ready']);
  });

  it('describes bodies by the schemas that check them', () => {
    const { requestBody } = document.paths['/api/v1/charge-points/{cp_id}/commands/remote-start'].post;
    expect(requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/RemoteStartRequest' });
    const schema = document.components.schemas.RemoteStartRequest;
    expect(schema.required).toEqual(['id_token']);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.timeout_s).toMatchObject({ minimum: 1, maximum: 30, default: 30 });
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
    const bodies = others.map(([name, { responses }]): [string, any] => [
      name,
      responses['200'].content['application/json'].schema,
    ]);
    const named = [...used].map((name): [string, any] => [name, document.components.schemas[name]]);
    expect([...named, ...bodies].flatMap(([name, schema]) => silent(schema, name))).toEqual([]);
  });

  it('says of every query parameter what it selects', () => {
    const parameters = operations().flatMap(([name, { parameters = [] }]) =>
      parameters.map((each: any) => [`${name} ${each.name}`, each.description]),
    );
    expect(parameters.filter(([, description]) => !description)).toEqual([]);
  });

  it('names every operation by what it does', () => {
    const summaries = operations().flatMap(([name, { summary }]) =>
      /\/(commands|health|ready)/.test(name) ? [] : [summary],
    );
    expect(summaries.filter((summary) => !/^(List|Get|Create|End|Assign|Send|Stream) /.test(summary))).toEqual([]);
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
      'query suspect',
      'query unassigned',
      'query limit',
      'query cursor',
    ]);
    expect(parameters.every((each: any) => each.required === false)).toBe(true);
  });

  it('has an example of every problem that REST answers with, of the right type and status', () => {
    const shown = new Map<string, any>();
    for (const [, operation] of operations())
      for (const [status, response] of Object.entries<any>(operation.responses))
        for (const [kind, example] of Object.entries<any>(
          response.content?.['application/problem+json']?.examples ?? {},
        ))
          shown.set(kind, { status: Number(status), value: example.value });
    // Two are answers where there is no route to document, one is where nobody is left to answer, one ends a stream that has begun.
    const undocumented = ['method-not-allowed', 'route-not-found', 'command-cancelled', 'stream-too-slow'];
    expect([...shown.keys(), ...undocumented].sort()).toEqual([...PROBLEM_KINDS].sort());
    for (const [kind, { status, value }] of shown)
      expect(value).toMatchObject({ type: problemType(kind as never), status, detail: expect.any(String) });
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
  ])('are served from here, without a token: %s', async (path, content) => {
    const { status, body, headers } = await api.request('GET', path, open);
    expect(status).toBe(200);
    expect(body).toMatch(content);
    expect(headers.get('x-request-id')).toBeTruthy();
  });

  it('name no other host', async () => {
    for (const path of ['/api/v1/docs', '/api/v1/redoc'])
      expect((await api.request('GET', path, open)).body).not.toMatch(/(src|href)="(https?:)?\/\//);
  });
});
