import { expect, it } from '@jest/globals';
import { ROOT } from '@ocpp-gw/rig/settings';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Declared {
  kind: string;
  name: string;
  labels: readonly string[];
}

/** As they are declared in the code. */
const metrics: Declared[] = globSync('{apps,libs}/*/src/**/*.ts', {
  cwd: ROOT,
  exclude: (file) => file.endsWith('.spec.ts'),
})
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .flatMap((code) =>
    [...code.matchAll(/new (Counter|Gauge|Histogram|TracedHistogram)\(\{\s+name: '(\w+)',([^]*?)\}\)/g)].map(
      ([, kind = '', name = '', rest = '']) => ({
        kind,
        name,
        labels: [...(/labelNames: \[([^\]]*)\]/.exec(rest)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
          ([, label = '']) => label,
        ),
      }),
    ),
  );

/** What is counted and has no unit, such as rows, is named by what it is. */
const UNITS: Readonly<Record<string, RegExp>> = {
  Counter: /_total$/,
  Histogram: /_(seconds|rows|size)$/,
  TracedHistogram: /_seconds$/,
  // A gauge of seconds says so; one of things has their name.
  Gauge: /^(?!.*_(ms|millis|minutes|kb|mb)$)(?!.*_total$)/,
};

it('metrics have the prefix of ours, and their unit in the name', () => {
  expect(metrics.length).toBeGreaterThan(50);
  for (const { kind, name } of metrics) {
    expect(name).toMatch(/^eveys_ocpp_/);
    expect({ name, hasUnit: UNITS[kind]?.test(name) }).toEqual({ name, hasUnit: true });
  }
});

it('labels are of few values: none names a charge point, a transaction, a token or an address', () => {
  const unbounded = /cp_?id|charge_?point|transaction|token|address|source|message_?id|request_?id|user|serial/i;
  expect(metrics.filter(({ labels }) => labels.some((label) => unbounded.test(label)))).toEqual([]);
});
