import { describe, expect, it } from '@jest/globals';
import { ROOT } from '@ocpp-gw/rig/settings';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DASHBOARDS } from './dashboards/index.ts';
import { headingsOf } from './runbooks.ts';
import { SLOS } from './slos/slos.ts';

const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const pages = globSync('docs/runbooks/*.md', { cwd: ROOT }).filter((page) => basename(page) !== 'README.md');
const alerts = globSync('docker/observability/rules/*.yaml', { cwd: ROOT }).flatMap((file) =>
  [...text(file).matchAll(/- alert: (\w+)/g)].map(([, alert = '']) => alert),
);
const panels = new Set(
  DASHBOARDS.flatMap(({ title, panels: all }) => all.map((panel) => `${title}, "${panel.title}"`)),
);

/** As GitHub makes the anchor of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

const sectionsOf = (page: string): { title: string; body: string }[] =>
  text(page)
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: section.split('\n')[0] ?? '', body: section }));

describe.each(pages)('%s', (page) => {
  it('names a panel that exists and steps in every section', () => {
    for (const { title, body } of sectionsOf(page)) {
      const [, panel] = /\*\*Panel:\*\* (.+)\.$/m.exec(body) ?? [];
      expect({ title, panel, exists: panels.has(panel ?? '') }).toEqual({ title, panel, exists: true });
      expect({ title, steps: /^1\. /m.test(body) }).toEqual({ title, steps: true });
    }
  });

  it('names only alerts that exist', () => {
    const named = [...text(page).matchAll(/\bOcpp(?:Edge|Api|Ingestor|Webhooks|Slo)\w+/g)].map(([name]) => name);
    expect(named.filter((name) => !alerts.includes(name))).toEqual([]);
  });
});

it('links lead to sections that exist', () => {
  const all = [
    'docs/14-slos.md',
    'docs/16-dr-runbook.md',
    'docs/18-rollback-runbook.md',
    ...globSync('docs/runbooks/*.md', { cwd: ROOT }),
  ];
  const broken = all.flatMap((page) =>
    [...text(page).matchAll(/\]\(([^)#:]*)#([\w-]+)\)/g)]
      .filter(([, target, section = '']) => {
        const file = target ? join(page, '..', target) : page;
        return !headingsOf(file).map(anchor).includes(section);
      })
      .map(([link]) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

it('every degraded mode has a section', () => {
  const rows = [...text('docs/degraded-modes.md').matchAll(/^\| (\S.*?) +\|/gm)].map(([, mode = '']) => mode);
  const modes = rows.slice(rows.indexOf('away') + 1, rows.indexOf('where')).filter((mode) => !/^-+$/.test(mode));
  expect(modes.length).toBeGreaterThan(11);
  const links = text('docs/degraded-modes.md');
  for (const section of headingsOf('docs/runbooks/degraded-modes.md').slice(1))
    expect(links).toContain(`runbooks/degraded-modes.md#${anchor(section)}`);
  // A webhook receiver that is away is no row of that table: nothing of the gateway is.
  expect(headingsOf('docs/runbooks/degraded-modes.md').length - 1).toBe(modes.length + 1);
});

it('objectives are documented as they are declared', () => {
  const page = text('docs/14-slos.md').replace(/ +/g, ' ');
  for (const { title, objective, promise, counts } of SLOS)
    expect(page).toContain(`| ${title} | ${Number((objective * 100).toFixed(3))} % | ${promise} | ${counts} |`);
});
