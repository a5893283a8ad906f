import { ROOT } from '@ocpp-gw/rig/settings';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyCharts, variantsOf } from './charts.ts';
import type { Context } from './context.ts';
import { installCustomSchemas } from './custom-resources.ts';
import { inParallel } from './in-parallel.ts';
import { installValidator } from './kubernetes-schemas.ts';
import { keep, render } from './render.ts';
import { GO_TOOLS, installGoTool, missing, PYTHON_REMEDY, type GoToolName, type Report } from './toolchain.ts';

/** The tools, compiled and fetched the first time. @throws naming all that this machine lacks */
export async function prepareTools(report: Report): Promise<Pick<Context, 'tools' | 'validator' | 'customSchemas'>> {
  const names = Object.keys(GO_TOOLS) as GoToolName[];
  const lacking = await missing(names, { python3: PYTHON_REMEDY });
  if (lacking.length) throw new Error(lacking.join('\n'));
  const tools = {} as Record<GoToolName, string>;
  // One after the other: the compiler uses all processors by itself.
  for (const name of names) tools[name] = await installGoTool(name, report);
  return {
    tools,
    validator: await installValidator(report),
    customSchemas: await installCustomSchemas(report),
  };
}

/** Renders every chart with each of its values. @throws with all that cannot be rendered */
export async function prepare(report: Report): Promise<Context> {
  const prepared = await prepareTools(report);
  const folder = join(ROOT, '.run', 'charts');
  await rm(folder, { recursive: true, force: true });
  const charts = await copyCharts(prepared.tools.helm4, join(folder, 'charts'));
  const variants = (await Promise.all(charts.filter(({ isLibrary }) => !isLibrary).map(variantsOf))).flat();
  if (!variants.length) throw new Error('charts/ holds no chart');
  report(`rendering ${variants.length} variants of ${charts.length} charts`);
  const failures: string[] = [];
  const rendered = await inParallel(variants, async (variant) => {
    try {
      const one = await render(prepared.tools.helm4, variant);
      await keep(join(folder, 'rendered'), one);
      return [one];
    } catch (error) {
      failures.push((error as Error).message);
      return [];
    }
  });
  if (failures.length) throw new Error(failures.join('\n'));
  return { ...prepared, charts, variants, rendered: rendered.flat(), folder, report };
}
