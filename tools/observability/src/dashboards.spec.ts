import { beforeAll, describe, expect, it } from '@jest/globals';
import { findPrometheus } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DASHBOARDS, render } from './dashboards/index.ts';

interface Placed {
  id: number;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr?: string; rawSql?: string }[];
}

const panelsOf = (dashboard: (typeof DASHBOARDS)[number]): Placed[] =>
  (render(dashboard) as { panels: Placed[] }).panels;
const expressions = DASHBOARDS.flatMap(panelsOf).flatMap(({ targets = [] }) =>
  targets.flatMap(({ expr }) => expr ?? []),
);

let promtool: string;
beforeAll(async () => {
  promtool = await findPrometheus('promtool', console.log);
}, 120_000);

describe.each(DASHBOARDS)('$title', (dashboard) => {
  const panels = panelsOf(dashboard);

  it('gives each panel an id, a title and a place of its own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)}:${y + Math.floor(n / w)}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it('keeps its queries of ClickHouse to the time that is shown, or says why not', () => {
    const timeless = ['Connectors, by status', 'Fleet, by model and firmware', 'What it is'];
    for (const { title, targets = [] } of panels)
      for (const { rawSql } of targets)
        if (rawSql)
          expect({ title, timed: rawSql.includes('$__timeFilter(') }).toEqual({
            title,
            timed: !timeless.includes(title),
          });
  });
});

it('dashboards show what is measured', () => {
  const code = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT, exclude: (file) => file.endsWith('.spec.ts') })
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  const names = expressions.flatMap((expr) => expr.match(/\beveys_ocpp_\w+/g) ?? []);
  const declared = new Set(names.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
  expect([...declared].filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});

it('dashboards show every metric of ours', () => {
  const code = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT, exclude: (file) => file.endsWith('.spec.ts') })
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  const names = new Set([...code.matchAll(/'(eveys_ocpp_[a-z_]+)'/g)].map(([, name = '']) => name));
  expect([...names].filter((name) => !expressions.some((expr) => expr.includes(name)))).toEqual([]);
});

it('dashboards ask in expressions that Prometheus parses', () => {
  const rules = expressions.map((expr, n) => ({
    record: `panel:expression_${n}`,
    expr: expr.replaceAll('$__rate_interval', '1m').replaceAll('$namespace', '.*'),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'panels-'));
  writeFileSync(join(folder, 'rules.yaml'), JSON.stringify({ groups: [{ name: 'panels', rules }] }));
  const output = execFileSync(promtool, ['check', 'rules', '--lint=none', join(folder, 'rules.yaml')], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect(output).toContain('SUCCESS');
});
