import type { Chart, Variant } from './charts.ts';
import type { Validator } from './kubernetes-schemas.ts';
import type { Rendered } from './render.ts';
import type { GoToolName, Report } from './toolchain.ts';

/** What the checks share: the tools, the charts and what they render to. */
export interface Context {
  readonly tools: Readonly<Record<GoToolName, string>>;
  readonly validator: Validator;
  /** A folder with a schema file for each custom resource. */
  readonly customSchemas: string;
  readonly charts: readonly Chart[];
  readonly variants: readonly Variant[];
  /** By helm 4; helm 3's are compared with them. */
  readonly rendered: readonly Rendered[];
  /** Where renders and what is made of them lie; emptied at each run. */
  readonly folder: string;
  readonly report: Report;
}

export interface Outcome {
  /** What was looked at, in few words. */
  readonly extent: string;
  /** Empty when all is well. */
  readonly problems: readonly string[];
}

export interface Check {
  readonly title: string;
  readonly run: (context: Context) => Promise<Outcome>;
}
