import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findPrometheus } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';
import { parse } from 'yaml';
import { GATEWAY, OBSERVABILITY } from './files.ts';
import { mergeCompose, readCompose } from './testdata/compose-file.ts';

const FOLDER = resolve(ROOT, 'docker/observability');
const text = (file: string): string => readFileSync(resolve(FOLDER, file), 'utf8');
const yaml = (file: string): unknown => parse(text(file));
const { services } = mergeCompose([readCompose(GATEWAY), readCompose(OBSERVABILITY)]);

let promtool: string;
beforeAll(async () => {
  promtool = await findPrometheus('promtool', console.log);
}, 120_000);

describe('Prometheus', () => {
  interface Configuration {
    scrape_configs: {
      job_name: string;
      dns_sd_configs?: { names: string[]; port: number }[];
      static_configs?: { targets: string[] }[];
    }[];
  }
  const { scrape_configs: jobs } = yaml('prometheus.yaml') as Configuration;

  it('has a configuration and rules that promtool takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    // Where the container has them.
    const here = text('prometheus.yaml').replace('/etc/prometheus/rules', resolve(FOLDER, 'rules'));
    writeFileSync(join(folder, 'prometheus.yaml'), here);
    const output = execFileSync(promtool, ['check', 'config', join(folder, 'prometheus.yaml')], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(output).toContain('SUCCESS: 8 rule files found');
    expect(services['prometheus']?.volumes).toContain('./observability/rules:/etc/prometheus/rules:ro');
  });

  it('calls each app by its name, as the rules do', () => {
    const [{ relabel_configs: relabelings = [] } = {}] = jobs as { relabel_configs?: unknown[] }[];
    expect(relabelings).toEqual([{ source_labels: ['__meta_dns_name'], target_label: 'job' }]);
  });

  it('asks every app on its metrics port', () => {
    const [gateway] = jobs.filter(({ job_name }) => job_name === 'gateway');
    const apps = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'];
    expect(gateway?.dns_sd_configs).toMatchObject([{ names: apps, port: 9100 }]);
    for (const app of apps) expect(services[app]).toMatchObject({ expose: expect.arrayContaining(['9100']) });
  });

  it('asks only services that are there', () => {
    const hosts = jobs.flatMap(({ static_configs = [] }) =>
      static_configs.flatMap(({ targets }) => targets.map((target) => target.split(':')[0])),
    );
    expect(hosts.filter((host) => host !== 'localhost' && !(host && host in services))).toEqual([]);
  });
});

describe('the OpenTelemetry collector', () => {
  type Components = Record<string, unknown>;
  interface Configuration extends Record<'receivers' | 'processors' | 'exporters', Components> {
    service: { pipelines: Record<string, Record<'receivers' | 'processors' | 'exporters', string[]>> };
  }
  const configuration = yaml('otel-collector.yaml') as Configuration;
  const pipelines = Object.values(configuration.service.pipelines);

  it.each(['receivers', 'processors', 'exporters'] as const)('uses every one of its %s, and no other', (kind) => {
    const used = new Set(pipelines.flatMap((pipeline) => pipeline[kind]));
    expect([...used].sort()).toEqual(Object.keys(configuration[kind]).sort());
  });

  it('takes traces, metrics and logs, and limits its memory before anything else', () => {
    expect(Object.keys(configuration.service.pipelines)).toEqual(['traces', 'metrics', 'logs']);
    for (const { processors } of pipelines) expect(processors[0]).toBe('memory_limiter');
  });

  it('listens on the ports that are opened', () => {
    const { ports = [] } = services['otel-collector'] ?? {};
    for (const port of ports.map((each) => each.split(':').at(-1) ?? '?'))
      expect(text('otel-collector.yaml')).toContain(`'0.0.0.0:${port}'`);
  });
});

describe('Grafana', () => {
  interface Source {
    uid: string;
    type: string;
    url?: string;
    jsonData: { host?: string };
    secureJsonData?: Record<string, string>;
  }
  const sources = globSync('grafana/datasources/*.yaml', { cwd: FOLDER }).flatMap(
    (file) => (yaml(file) as { datasources: Source[] }).datasources,
  );
  const { volumes = [], environment = {} } = services['grafana'] ?? {};
  const files = globSync('grafana/dashboards/*.json', { cwd: FOLDER });

  it('reaches its data sources', () => {
    const hosts = sources.map(({ url, jsonData }) => (url ? new URL(url).hostname : jsonData.host));
    expect(hosts.filter((host) => !(host && host in services))).toEqual([]);
  });

  it('has a plugin and a password for those that want one', () => {
    for (const { type, secureJsonData = {} } of sources.filter((source) => source.type !== 'prometheus')) {
      expect(environment['GF_PLUGINS_PREINSTALL_SYNC']).toBe(type);
      for (const value of Object.values(secureJsonData)) expect(environment).toHaveProperty(value.slice(1));
    }
  });

  it('has the data sources that the dashboards ask', () => {
    const asked = files.flatMap((file) =>
      [...text(file).matchAll(/"uid": "(prometheus|clickhouse)"/g)].map(([, uid]) => uid),
    );
    expect(sources.map(({ uid }) => uid).sort()).toEqual([...new Set(asked)].sort());
  });

  it('finds its files where they are mounted', () => {
    expect(volumes).toContain('./observability/grafana/dashboards:/etc/grafana/dashboards:ro');
    expect(text('grafana/dashboards.yaml')).toContain('path: /etc/grafana/dashboards');
    expect(files.map((file) => `/etc/${file}`)).toContain(environment['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']);
  });
});
