import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { APPS, ROOT, type App } from '@ocpp-gw/rig/settings';
import type { z } from 'zod';
import { GATEWAY, OBSERVABILITY } from './files.ts';
import { type Env, mergeCompose, readCompose, type Service } from './testdata/compose-file.ts';

interface ConfigModule {
  configSchema: z.ZodObject;
  checkTargets?(config: unknown): void;
}

const TOKEN = { EVEYS_OCPP_REST_INBOUND_TOKENS: 'some-token' };
const read = (env: Env) => mergeCompose([readCompose(GATEWAY, env), readCompose(OBSERVABILITY, env)]).services;
const services = read(TOKEN);
/** Whose declaration a job reads is that of the image it runs in. */
const appOf = ({ image }: Service): App | undefined => APPS.find((app) => image.includes(`/${app}:`));
const declarationOf = (app: App): Promise<ConfigModule> =>
  import(join(ROOT, 'apps', app, 'src/config.ts')) as Promise<ConfigModule>;

describe.each(Object.entries(services))('%s', (_, service) => {
  const gateway = Object.entries(service.environment ?? {}).filter(([name]) => name.startsWith('EVEYS_'));

  it('has only settings that its app declares', async () => {
    const app = appOf(service);
    if (!app) return expect(gateway).toEqual([]);
    const { configSchema } = await declarationOf(app);
    expect(gateway.map(([name]) => name).filter((name) => !(name in configSchema.shape))).toEqual([]);
  });

  it('has settings with which its app starts', async () => {
    const app = appOf(service);
    if (!app) return;
    const { configSchema, checkTargets } = await declarationOf(app);
    const config = loadConfig(configSchema, Object.fromEntries(gateway));
    checkTargets?.(config);
    expect(config).toMatchObject({ EVEYS_OCPP_LOG_LEVEL: 'INFO' });
  });
});

describe('the settings of the services', () => {
  it('name the other containers, never this machine', () => {
    const values = Object.values(services).flatMap((service) =>
      appOf(service) ? Object.entries(service.environment ?? {}) : [],
    );
    expect(values.filter(([, value]) => /localhost|127\.0\.0\.1/.test(value))).toEqual([]);
    const hosts = values.flatMap(([, value]) =>
      [...value.matchAll(/(?:[@/]|^)([a-z][a-z-]+):\d{4}\b/g)].map(([, host]) => host),
    );
    for (const host of hosts) expect(Object.keys(services)).toContain(host);
    expect(new Set(hosts)).toEqual(new Set(['postgres', 'redis', 'kafka', 'clickhouse', 'mock-backend', 'ws-edge']));
  });

  it('leave out no engine that an app needs', async () => {
    for (const app of APPS) {
      const { configSchema } = await declarationOf(app);
      const engines = [
        'EVEYS_OCPP_DB_URL',
        'EVEYS_OCPP_REDIS_URL',
        'EVEYS_OCPP_KAFKA_BROKERS',
        'EVEYS_OCPP_CLICKHOUSE_URL',
      ];
      const set = Object.keys(services[app]?.environment ?? {});
      expect(engines.filter((name) => set.includes(name))).toEqual(
        engines.filter((name) => name in configSchema.shape),
      );
    }
  });

  it('refuse what the app refuses, by its name', async () => {
    const wrong = read({ EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'perhaps' })['ws-edge']?.environment;
    const { configSchema } = await declarationOf('ws-edge');
    expect(() => loadConfig(configSchema, { ...wrong })).toThrow(ConfigError);
    expect(() => loadConfig(configSchema, { ...wrong })).toThrow('EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS');
  });

  it('stop a container no sooner than its app has drained', async () => {
    for (const app of APPS) {
      const { configSchema } = await declarationOf(app);
      const drain = loadConfig(configSchema, {})['EVEYS_OCPP_DRAIN_TIMEOUT_S'] as number;
      expect(Number.parseInt(services[app]?.stop_grace_period ?? '', 10)).toBeGreaterThan(drain);
    }
  });
});
