import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { parse } from 'yaml';
import { GATEWAY, OBSERVABILITY } from './files.ts';
import { mergeCompose, readCompose } from './testdata/compose-file.ts';

const FOLDER = resolve(ROOT, 'docker/observability');
const text = (file: string): string => readFileSync(resolve(FOLDER, file), 'utf8');
const yaml = (file: string): unknown => parse(text(file));
const { services } = mergeCompose([readCompose(GATEWAY), readCompose(OBSERVABILITY)]);

const hasPromtool = ((): boolean => {
  try {
    execFileSync('promtool', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

describe('Prometheus', () => {
  interface Configuration {
    scrape_configs: {
      job_name: string;
      dns_sd_configs?: { names: string[]; port: number }[];
      static_configs?: { targets: string[] }[];
    }[];
  }
  const { scrape_configs: jobs } = yaml('prometheus.yaml') as Configuration;

  (hasPromtool ? it : it.skip)('has a configuration that promtool takes', () => {
    const output = execFileSync('promtool', ['check', 'config', resolve(FOLDER, 'prometheus.yaml')], {
      encoding: 'utf8',
    });
    expect(output).toContain('SUCCESS');
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
  interface Dashboard {
    uid: string;
    panels: {
      id: number;
      type: string;
      gridPos: { x: number; y: number; w: number; h: number };
      datasource?: { uid: string };
      targets?: { expr: string }[];
    }[];
  }
  const sources = (yaml('grafana/datasources/prometheus.yaml') as { datasources: { uid: string; url: string }[] })
    .datasources;
  const files = globSync('grafana/dashboards/*.json', { cwd: FOLDER });
  const dashboards = files.map((file) => JSON.parse(text(file)) as Dashboard);
  const metrics = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT, exclude: (file) => file.endsWith('.spec.ts') })
    .map((file) => readFileSync(resolve(ROOT, file), 'utf8'))
    .join('\n');

  it('reaches its data sources', () => {
    expect(sources.map(({ url }) => new URL(url).hostname).filter((host) => !(host in services))).toEqual([]);
  });

  it('finds its files where they are mounted', () => {
    const { volumes = [], environment = {} } = services['grafana'] ?? {};
    expect(volumes).toContain('./observability/grafana/dashboards:/etc/grafana/dashboards:ro');
    expect(text('grafana/dashboards.yaml')).toContain('path: /etc/grafana/dashboards');
    expect(files.map((file) => `/etc/${file}`)).toContain(environment['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']);
  });

  it.each(dashboards.flatMap(({ uid, panels }) => panels.map((panel) => ({ uid, panel }))))(
    '$uid $panel.title shows what is measured',
    ({ panel: { type, targets = [], datasource } }) => {
      if (type === 'row') return;
      expect(sources.map(({ uid }) => uid)).toContain(datasource?.uid);
      const names = targets.flatMap(({ expr }) => expr.match(/eveys_ocpp_\w+/g) ?? []);
      const declared = names.map((name) => name.replace(/_(bucket|count|sum)$/, ''));
      expect(declared.filter((name) => !metrics.includes(`'${name}'`))).toEqual([]);
      expect(targets.length).toBeGreaterThan(0);
    },
  );

  it('gives each panel an id and a place of its own', () => {
    for (const { panels } of dashboards) {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, n) => `${x + (n % w)}:${y + Math.floor(n / w)}`),
      );
      expect(new Set(places).size).toBe(places.length);
    }
  });

  (hasPromtool ? it : it.skip)('asks in expressions that Prometheus parses', () => {
    const expressions = dashboards.flatMap(({ panels }) =>
      panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m'))),
    );
    const rules = expressions.map((expr, n) => ({ record: `panel:expression_${n}`, expr }));
    const folder = mkdtempSync(join(tmpdir(), 'panels-'));
    const file = join(folder, 'rules.yaml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules }] }));
    const output = execFileSync('promtool', ['check', 'rules', '--lint=none', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(output).toContain('SUCCESS');
  });
});
