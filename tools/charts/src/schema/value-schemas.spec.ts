import { describe, expect, it } from '@jest/globals';
import { appSchema, umbrellaSchema } from './value-schemas.ts';
import type { Variable } from './variables.ts';

const variable = (name: string, secrecy: Variable['secrecy'], schema: Variable['schema'] = { type: 'string' }) => ({
  name,
  secrecy,
  schema: { description: name, ...schema },
});

const VARIABLES: Variable[] = [
  variable('EVEYS_OCPP_BACKEND_TOKEN', 'secret'),
  variable('EVEYS_OCPP_DB_URL', 'url'),
  variable('EVEYS_OCPP_WS_PORT', 'open', { type: 'integer', minimum: 0, maximum: 65_535 }),
];

describe(appSchema, () => {
  const { properties = {}, additionalProperties } = appSchema('ws-edge', VARIABLES);

  it('takes the variables of the app by name and no others', () => {
    expect(additionalProperties).toBe(false);
    expect(properties['config']).toMatchObject({ additionalProperties: false });
    expect(Object.keys(properties['config']?.properties ?? {})).toEqual(['EVEYS_OCPP_DB_URL', 'EVEYS_OCPP_WS_PORT']);
  });

  it('leaves secrets to the templates, which say where they belong', () => {
    expect(Object.keys(properties['config']?.patternProperties ?? {})).toEqual(['^(EVEYS_OCPP_BACKEND_TOKEN)$']);
    expect(Object.keys(properties['secretConfig']?.properties ?? {})).toEqual([
      'EVEYS_OCPP_BACKEND_TOKEN',
      'EVEYS_OCPP_DB_URL',
    ]);
  });

  it('takes no port that the system chooses: a Service has to know it', () => {
    expect(properties['config']?.properties?.['EVEYS_OCPP_WS_PORT']).toMatchObject({ minimum: 1 });
  });

  it('has Envoy and TLS for ws-edge alone, and scaling by lag for the consumers alone', () => {
    const has = (app: Parameters<typeof appSchema>[0], key: string): boolean =>
      key in (appSchema(app, []).properties ?? {});
    expect(['envoy', 'tls'].map((key) => [has('ws-edge', key), has('command-api', key)])).toEqual([
      [true, false],
      [true, false],
    ]);
    expect([has('clickhouse-ingestor', 'keda'), has('ws-edge', 'keda')]).toEqual([true, false]);
  });
});

describe(umbrellaSchema, () => {
  it('leaves the values of each app to the chart of the app', () => {
    const { properties = {}, additionalProperties } = umbrellaSchema(VARIABLES);
    expect(additionalProperties).toBe(false);
    expect(properties['ws-edge']).toEqual({ description: expect.any(String), type: 'object' });
    expect(properties['global']?.properties?.['config']?.properties).toHaveProperty('EVEYS_OCPP_WS_PORT');
  });
});
