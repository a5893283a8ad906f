import { request as httpRequest } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandInterruptedError, RedisUnavailableError } from '@ocpp-gw/redis';
import { loadConfig } from '@ocpp-gw/service-kit';
import { configSchema } from '../config.ts';
import { startApi, TOKEN, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';

const { chargePoints, bus, overrides } = fakes();
const PAGE = 'https://app.example.com';
let api: RunningApi;

beforeAll(async () => {
  api = await startApi(
    {
      EVEYS_OCPP_REST_RATE_LIMIT_PER_MINUTE: '3',
      EVEYS_OCPP_REST_CORS_ORIGINS: `${PAGE}, http://localhost:5173`,
      EVEYS_OCPP_REST_OPENAPI_ENABLED: 'true',
    },
    overrides,
  );
});
afterAll(() => api.stop());

const path = '/api/v1/charge-points/CP-1';

/** One request of which nothing is added or decoded. */
function raw(
  at: string,
  headers: Record<string, string>,
): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${api.url}${at}`, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', reject).end();
  });
}

describe('the rate limit', () => {
  const read = (token: string) => api.request('GET', path, { headers: { authorization: `Bearer ${token}` } });

  it('is counted by token, told in every answer, and refused with 429', async () => {
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await read('read-token'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('ratelimit'))).toEqual([
      expect.stringMatching(/^"token";r=2;t=\d+$/),
      expect.stringMatching(/^"token";r=1;t=\d+$/),
      expect.stringMatching(/^"token";r=0;t=\d+$/),
      expect.stringMatching(/^"token";r=0;t=\d+$/),
    ]);
    const refused = answers.at(-1);
    expect(refused?.headers.get('ratelimit-policy')).toBe('"token";q=3;w=60');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.body).toMatchObject({ type: 'urn:ocpp-gw:problem:rate-limited', status: 429 });
    expect((await read(TOKEN)).status).toBe(200);
  });

  it('does not hold for health, and does not count unknown tokens', async () => {
    for (let n = 0; n < 5; n += 1) {
      expect((await api.request('GET', '/api/v1/health', { headers: { authorization: '' } })).status).toBe(200);
      expect((await read('unknown')).status).toBe(401);
    }
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string) =>
    fetch(`${api.url}${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization' },
    });

  it.each([PAGE, 'http://localhost:5173'])('may call the API when it is listed: %s', async (origin) => {
    const allowed = await preflight(origin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Idempotency-Key.*If-Match/);
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('sees answers and problems, and their headers', async () => {
    const { status, headers } = await api.request('GET', path, { headers: { origin: PAGE, authorization: '' } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, PAGE]);
    expect(headers.get('access-control-expose-headers')).toMatch(/ETag.*Retry-After.*X-Command-Id/);
    expect(headers.get('vary')).toMatch(/Origin/);
  });

  it.each(['https://evil.example.com', 'https://app.example.com.evil.test', 'null'])(
    'may not when it is not: %s',
    async (origin) => {
      const refused = await preflight(origin);
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, null]);
    },
  );

  it('is named as an origin, without a path', () => {
    for (const text of ['https://app.example.com/', 'app.example.com', '*'])
      expect(() => loadConfig(configSchema, { EVEYS_OCPP_REST_CORS_ORIGINS: text })).toThrow(/is no origin/);
    expect(loadConfig(configSchema, {}).EVEYS_OCPP_REST_CORS_ORIGINS).toEqual([]);
  });
});

describe('a long answer', () => {
  const document = '/api/v1/openapi.json';

  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])('is compressed with %s when the caller takes it', async (encoding, decompress) => {
    const { headers, body } = await raw(document, { 'accept-encoding': encoding });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['vary']).toMatch(/Accept-Encoding/);
    const text = decompress(body).toString();
    expect(JSON.parse(text)).toMatchObject({ openapi: '3.1.0' });
    expect(body.length).toBeLessThan(text.length / 5);
  });

  it('is sent as it is to others', async () => {
    const { headers, body } = await raw(document, {});
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(body.toString())).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('a dependency that is away', () => {
  let other: RunningApi;
  beforeAll(async () => {
    other = await startApi({}, overrides);
  });
  afterAll(() => other.stop());

  it('says when to try again, and no rate where none is limited', async () => {
    chargePoints.find.mockRejectedValueOnce(new RedisUnavailableError('find'));
    const { status, headers } = await other.request('GET', path);
    expect([status, headers.get('retry-after'), headers.get('ratelimit')]).toEqual([503, '5', null]);
  });

  it('does not ask for another try of a command that may have been carried out', async () => {
    bus.send.mockRejectedValueOnce(new CommandInterruptedError('r', 'CP-1'));
    const { body, headers } = await other.request('POST', `${path}/commands/reset`, { json: { type: 'Soft' } });
    expect([body.type, headers.get('retry-after')]).toEqual(['urn:ocpp-gw:problem:answer-lost', null]);
  });

  it('answers no preflight where no origin is listed', async () => {
    const headers = { origin: PAGE, 'access-control-request-method': 'GET' };
    expect((await fetch(`${other.url}${path}`, { method: 'OPTIONS', headers })).status).toBe(401);
  });
});
