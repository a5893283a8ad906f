export { CLICKHOUSE, DASHBOARDS, PROMETHEUS, type Dashboard, type Panel } from './dashboards/index.ts';
