import { describe } from '../charts.ts';
import { run } from '../command.ts';
import type { Check } from '../context.ts';
import { inParallel } from '../in-parallel.ts';
import { compare, describeDifference, isEmpty } from '../manifests.ts';
import { render } from '../render.ts';

export const lint: Check = {
  title: 'helm lint --strict, helm 3 and 4',
  run: async ({ tools, variants, charts }) => {
    const libraries = charts
      .filter(({ isLibrary }) => isLibrary)
      .map((chart) => ({ chart, name: 'default', args: [] }));
    const runs = [...variants, ...libraries].flatMap((variant) =>
      [tools.helm3, tools.helm4].map((helm) => ({ variant, helm })),
    );
    const problems = await inParallel(runs, async ({ variant, helm }) => {
      const { code, stdout, stderr } = await run(helm, ['lint', '--strict', variant.chart.folder, ...variant.args]);
      return code === 0 ? [] : [`${describe(variant)}: ${complaints(stdout + stderr)}`];
    });
    return { extent: `${runs.length} runs`, problems: [...new Set(problems.flat())] };
  },
};

function complaints(text: string): string {
  const lines = text.split('\n').filter((line) => /\[(ERROR|WARNING)\]|^Error/.test(line));
  return (lines.length ? lines : text.trim().split('\n')).join('; ');
}

export const bothRenderAlike: Check = {
  title: 'helm 3 renders what helm 4 renders',
  run: async ({ tools, rendered }) => {
    const problems = await inParallel(rendered, async ({ variant, manifests }) => {
      const difference = compare(manifests, (await render(tools.helm3, variant)).manifests);
      return isEmpty(difference) ? [] : [`${describe(variant)}: ${describeDifference(difference)}`];
    });
    return { extent: `${rendered.length} renders`, problems: problems.flat() };
  },
};

/** Names that are made at random, or times of rendering, would change a release without a reason. */
export const rendersTheSameAgain: Check = {
  title: 'a second render is the same',
  run: async ({ tools, rendered }) => {
    const problems = await inParallel(rendered, async ({ variant, manifests }) => {
      const difference = compare(manifests, (await render(tools.helm4, variant)).manifests);
      return isEmpty(difference) ? [] : [`${describe(variant)}: ${describeDifference(difference)}`];
    });
    return { extent: `${rendered.length} renders`, problems: problems.flat() };
  },
};

export const unittest: Check = {
  title: 'helm unittest',
  run: async ({ tools, charts }) => {
    const applications = charts.filter(({ isLibrary }) => !isLibrary);
    const results = await inParallel(applications, async ({ name, folder }) => {
      const { code, stdout, stderr } = await run(tools['helm-unittest'], ['--strict', folder]);
      const count = Number(/^Tests:.*?(\d+) passed/m.exec(stdout)?.[1] ?? 0);
      if (code !== 0) return { count, problems: [`${name}:\n${(stdout + stderr).trim()}`] };
      return { count, problems: count ? [] : [`${name} has no tests (tests/*_test.yaml)`] };
    });
    const total = results.reduce((sum, { count }) => sum + count, 0);
    return {
      extent: `${total} tests of ${applications.length} charts`,
      problems: results.flatMap(({ problems }) => problems),
    };
  },
};
