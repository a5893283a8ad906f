import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type RunningApi } from '../../testdata/api.ts';
import { fakes } from '../../testdata/fakes.ts';

let api: RunningApi;
const open = { headers: { authorization: '' } };

beforeAll(async () => {
  api = await startApi({ EVEYS_OCPP_REST_OPENAPI_ENABLED: 'true' }, fakes().overrides);
});
afterAll(() => api.stop());

describe('the API documents', () => {
  it('are announced in the log as a warning', () => {
    expect(api.logs).toContainEqual(expect.objectContaining({ level: 'warn', msg: 'rest_openapi.enabled' }));
  });

  it.each([
    ['/api/v1/docs', /swagger-ui/],
    ['/api/v1/docs/swagger-ui-bundle.js', /SwaggerUIBundle/],
    ['/api/v1/redoc', /<redoc spec-url="\/api\/v1\/openapi.json" /],
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
