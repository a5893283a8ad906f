import { chargePoint } from './charge-point.ts';
import { commands } from './commands.ts';
import type { Dashboard } from './dashboard.ts';
import { edge } from './edge.ts';
import { fleet } from './fleet.ts';
import { pipeline } from './pipeline.ts';

export { CLICKHOUSE, PROMETHEUS, render, type Dashboard, type Panel } from './dashboard.ts';

export const DASHBOARDS: readonly Dashboard[] = [fleet, edge, commands, pipeline, chargePoint];
