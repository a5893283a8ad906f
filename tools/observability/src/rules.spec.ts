import { beforeAll, describe, expect, it } from '@jest/globals';
import { findPrometheus } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { FOLDER, writtenFiles } from './written-files.ts';
import { headingsOf } from './runbooks.ts';

interface Rule {
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

interface RuleTests {
  tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}

const folder = join(ROOT, FOLDER);
const files = globSync('rules/*.yaml', { cwd: folder }).sort();
const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
const rulesOf = (file: string): Rule[] =>
  (parse(text(file)) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);
const alertsOf = (file: string): (Rule & { alert: string })[] =>
  rulesOf(file).filter((rule): rule is Rule & { alert: string } => rule.alert !== undefined);

const run = promisify(execFile);
let promtool: string;

beforeAll(async () => {
  promtool = await findPrometheus('promtool', console.log);
}, 120_000);

it('are of four apps, each with alerts of its own and of its objectives', () => {
  const apps = ['clickhouse-ingestor', 'command-api', 'webhook-dispatcher', 'ws-edge'];
  expect(files.map((file) => basename(file)).sort()).toEqual(
    apps.flatMap((app) => [`${app}.slos.yaml`, `${app}.yaml`]).sort(),
  );
});

it('and dashboards are what the code declares', async () => {
  for (const [file, content] of Object.entries(await writtenFiles()))
    expect({ file, content: readFileSync(join(ROOT, file), 'utf8') }).toEqual({ file, content });
});

describe.each(files)('%s', (file) => {
  it('is what Prometheus takes', async () => {
    expect((await run(promtool, ['check', 'rules', join(folder, file)])).stdout).toContain('SUCCESS');
  });

  it('passes its tests, in which each alert is silent once and fires once', async () => {
    const tests = file.replace('rules/', 'rules-tests/');
    await run(promtool, ['test', 'rules', basename(tests)], { cwd: join(folder, 'rules-tests') });
    const checks = (parse(text(tests)) as RuleTests).tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    for (const { alert } of alertsOf(file)) {
      const own = checks.filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts.length > 0);
      expect({ alert, outcomes: [...new Set(own)].sort() }).toEqual({ alert, outcomes: [false, true] });
    }
  }, 120_000);

  it('says how bad each alert is, and links to a section of a runbook that exists', () => {
    for (const { alert, labels, annotations } of alertsOf(file)) {
      expect(['critical', 'warning']).toContain(labels?.['severity']);
      const [, page = '', section] =
        /^https:\/\/github\.com\/ocpp-gw\/ocpp-gateway\/blob\/main\/(docs\/runbooks\/\w+\.md)#(\w+)$/.exec(
          annotations?.['runbook_url'] ?? '',
        ) ?? [];
      expect({ alert, section }).toEqual({ alert, section: alert.toLowerCase() });
      expect(headingsOf(page)).toContain(alert);
    }
  });

  it('asks for one app, in the words that the chart replaces by a release', () => {
    const app = basename(file).replace(/(\.slos)?\.yaml$/, '');
    for (const { expr } of rulesOf(file)) {
      const selectors = [...expr.matchAll(/\{([^}]*)\}/g)].map(([, labels]) => labels);
      expect(selectors.length).toBeGreaterThan(0);
      for (const labels of selectors) expect(labels).toContain(`job="${app}"`);
    }
  });
});

it('name metrics that the apps have', () => {
  const code = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT, exclude: (file) => file.endsWith('.spec.ts') })
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  const names = files.flatMap(rulesOf).flatMap(({ expr }) => expr.match(/\beveys_ocpp_\w+/g) ?? []);
  const declared = new Set(names.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
  expect([...declared].filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});
