/** Grafana's format for dashboards, as far as ours need it. */
export interface Target {
  readonly refId: string;
  readonly datasource: DataSource;
  readonly [key: string]: unknown;
}

interface DataSource {
  readonly type: string;
  readonly uid: string;
}

export const PROMETHEUS: DataSource = { type: 'prometheus', uid: 'prometheus' };
export const CLICKHOUSE: DataSource = { type: 'grafana-clickhouse-datasource', uid: 'clickhouse' };

export interface Panel {
  readonly type: 'timeseries' | 'stat' | 'table' | 'row' | 'bargauge';
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface PanelOptions {
  readonly unit?: string;
  readonly width?: number;
  readonly height?: number;
  readonly stacked?: boolean;
  readonly description?: string;
}

/** A query of Prometheus and the text of its legend. */
export type Query = readonly [expr: string, legend: string];

/** The metric of ours with the labels; every dashboard can be kept to the namespace of a release. */
export const metric = (name: string, labels = ''): string =>
  `${name}{namespace=~"$namespace"${labels && `,${labels}`}}`;

export const rate = (name: string, labels = ''): string => `rate(${metric(name, labels)}[$__rate_interval])`;

/** A quantile of a histogram over all pods, by the labels. */
export const quantile = (share: number, name: string, by = '', labels = ''): string =>
  `histogram_quantile(${share}, sum by (le${by && `, ${by}`}) (${rate(`${name}_bucket`, labels)}))`;

const letter = (index: number): string => String.fromCodePoint(65 + index);

function promTargets(queries: readonly Query[], instant: boolean): Target[] {
  return queries.map(([expr, legendFormat], index) => ({
    refId: letter(index),
    datasource: PROMETHEUS,
    expr,
    legendFormat,
    // Points of a histogram link to the traces that fell into it.
    ...(instant ? { instant: true } : { exemplar: expr.includes('_bucket') }),
  }));
}

export function graph(title: string, queries: readonly Query[], options: PanelOptions = {}): Panel {
  const { unit = 'short', width = 8, height = 8, stacked = false, description } = options;
  return {
    ...{ type: 'timeseries', title, width, height },
    body: {
      ...(description && { description }),
      datasource: PROMETHEUS,
      fieldConfig: {
        defaults: { unit, min: 0, custom: { fillOpacity: 10, ...(stacked && { stacking: { mode: 'normal' } }) } },
        overrides: [],
      },
      options: {
        legend: { displayMode: 'list', placement: 'bottom' },
        tooltip: { mode: 'multi', sort: 'desc' },
      },
      targets: promTargets(queries, false),
    },
  };
}

export function stat(title: string, queries: readonly Query[], options: PanelOptions = {}): Panel {
  const { unit = 'short', width = 4, height = 4, description } = options;
  return {
    ...{ type: 'stat', title, width, height },
    body: {
      ...(description && { description }),
      datasource: PROMETHEUS,
      fieldConfig: { defaults: { unit }, overrides: [] },
      options: { reduceOptions: { calcs: ['lastNotNull'] }, graphMode: 'area', colorMode: 'value' },
      targets: promTargets(queries, true),
    },
  };
}

/** Rows of ClickHouse. `$__timeFilter(column)` keeps them to the time of the dashboard. */
export function rows(title: string, sql: string, options: PanelOptions = {}): Panel {
  return clickhouse('table', title, sql, { format: 1, queryType: 'table' }, options);
}

/** A graph from ClickHouse: the first column is the time, texts are the legend. */
export function series(title: string, sql: string, options: PanelOptions = {}): Panel {
  return clickhouse('timeseries', title, sql, { format: 0, queryType: 'timeseries' }, options);
}

function clickhouse(
  type: 'table' | 'timeseries',
  title: string,
  sql: string,
  format: { format: number; queryType: string },
  { unit = 'short', width = 24, height = 9, description }: PanelOptions,
): Panel {
  return {
    ...{ type, title, width, height },
    body: {
      ...(description && { description }),
      datasource: CLICKHOUSE,
      fieldConfig: { defaults: { unit, custom: {} }, overrides: [] },
      options: type === 'table' ? { showHeader: true } : { legend: { displayMode: 'list', placement: 'bottom' } },
      targets: [{ refId: 'A', datasource: CLICKHOUSE, editorType: 'sql', rawSql: sql.trim(), ...format }],
    },
  };
}

export const heading = (title: string): Panel => ({
  ...{ type: 'row', title, width: 24, height: 1 },
  body: { collapsed: false, panels: [] },
});

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly datasource: DataSource;
  readonly query: unknown;
  readonly all?: string;
}

export const NAMESPACE: Variable = {
  name: 'namespace',
  label: 'Namespace',
  datasource: PROMETHEUS,
  query: { query: 'label_values(eveys_ocpp_ws_connections, namespace)', refId: 'namespaces' },
  // Series without the label match, too: outside of Kubernetes there is none.
  all: '.*',
};

export interface Dashboard {
  readonly id: 'fleet' | 'edge' | 'commands' | 'pipeline' | 'charge-point';
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
}

const GRID = 24;

/** The dashboard as Grafana reads it. Panels stand side by side until a row of 24 is full. */
export function render({ id, title, description, variables, panels }: Dashboard): object {
  let [x, y, below] = [0, 0, 0];
  const placed = panels.map(({ type, title: name, width: w, height: h, body }, index) => {
    if (x + w > GRID) [x, y] = [0, below];
    const gridPos = { x, y, w, h };
    x += w;
    below = Math.max(below, y + h);
    return { id: index + 1, type, title: name, gridPos, ...body };
  });
  return {
    uid: `ocpp-${id}`,
    title,
    description,
    tags: ['ocpp-gateway'],
    timezone: 'browser',
    schemaVersion: 41,
    version: 1,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    editable: true,
    graphTooltip: 1,
    links: [
      {
        title: 'Other dashboards',
        type: 'dashboards',
        tags: ['ocpp-gateway'],
        asDropdown: true,
        includeVars: true,
        keepTime: true,
      },
    ],
    templating: { list: variables.map(templating) },
    annotations: { list: [] },
    panels: placed,
  };
}

function templating({ name, label, datasource, query, all }: Variable): object {
  return {
    ...{ type: 'query', name, label, datasource, query, refresh: 2, sort: 1 },
    ...(all === undefined
      ? { includeAll: false }
      : { includeAll: true, allValue: all, current: { text: 'All', value: '$__all' } }),
  };
}
