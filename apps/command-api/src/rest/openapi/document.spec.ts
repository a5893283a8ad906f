import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_COMMANDS } from '@ocpp-gw/contracts';
import { SCOPES } from '../../auth/scope.ts';
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

  it('has no default, which generators take for a required field, and no limit of JavaScript', () => {
    expect(JSON.stringify(document)).not.toMatch(/"default":(?!\{)|9007199254740991/);
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
    const others = operations().filter(
      ([name]) => !/\/(commands|calls|events|stream|export|health|ready)\b/.test(name),
    );
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

  it('names every operation by what it does', () => {
    const summaries = operations().flatMap(([name, { summary }]) =>
      /\/(commands|health|ready)/.test(name) ? [] : [summary],
    );
    expect(
      summaries.filter(
        (summary) =>
          !/^(List|Get|Create|Change|Cancel|Delete|Remove|Retire|Restore|End|Assign|Send|Pause|Resume|Replay|Resend|Rotate|Stream|Record) /.test(
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
