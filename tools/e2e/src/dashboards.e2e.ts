import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLICKHOUSE, DASHBOARDS, PROMETHEUS, type Panel } from '@ocpp-gw/observability';
import { startTogether } from '@ocpp-gw/rig';
import { eventually } from '@ocpp-gw/testing';
import { Activity, CHARGE_POINT } from './dashboards/activity.ts';
import { Prometheus } from './dashboards/prometheus.ts';
import { startStack, type Stack } from './stack.ts';

interface Target {
  refId: string;
  datasource: { uid: string };
  expr?: string;
  rawSql?: string;
}

let stack: Stack;
let prometheus: Prometheus;
let stop: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  ({ stop } = await startTogether(async (started) => {
    stack = await started.keep(startStack('dashboards'));
    await withMessages();
    prometheus = await started.keep(Prometheus.start(stack));
    await started.keep(Activity.start(stack));
    return {};
  }));
}, 240_000);

afterAll(() => stop(), 60_000);

/** Recorded frames of the charge point that is shown: one of them is a finding. */
async function withMessages(): Promise<void> {
  await stack.clickhouse.command({
    query: `INSERT INTO messages (cp_id, recorded_at, event_id, direction, kind, action, message_id, latency_ms, size_bytes, raw)
      VALUES ('${CHARGE_POINT}', now64(3), generateUUIDv4(), 'out', 'call_result', 'Heartbeat', '1', 4.5, 40, '[3,"1",{}]'),
        ('${CHARGE_POINT}', now64(3), generateUUIDv4(), 'in', 'unreadable', '', '', NULL, 5, 'hello')`,
  });
}

/** A charge point at which somebody has just looked is looked at again after a minute (docs/adr/0072). */
const SHOWN_MS = 90_000;

/** As Grafana fills them in. */
const promql = (expr: string): string => expr.replaceAll('$__rate_interval', '30s').replaceAll('$namespace', '.*');
const sql = (query: string): string =>
  query
    .replaceAll(/\$__timeFilter\((\w+)\)/g, '$1 BETWEEN now() - INTERVAL 1 HOUR AND now() + INTERVAL 1 MINUTE')
    .replaceAll('${cp_id:sqlstring}', `'${CHARGE_POINT}'`);

async function resultOf({ expr, rawSql }: Target): Promise<unknown[]> {
  if (expr !== undefined) return prometheus.query(promql(expr));
  return (await stack.clickhouse.query({ query: sql(rawSql ?? ''), format: 'JSONEachRow' })).json();
}

it('Prometheus reads every service', async () => {
  await eventually(async () => (await prometheus.faults()).length === 0);
});

describe.each(DASHBOARDS)('$title', ({ panels, variables }) => {
  const shown = panels.filter(({ type }) => type !== 'row');

  it.each(shown)(
    '$title',
    async ({ body }: Panel) => {
      const targets = body['targets'] as Target[];
      expect(targets.length).toBeGreaterThan(0);
      for (const target of targets) {
        expect([PROMETHEUS.uid, CLICKHOUSE.uid]).toContain(target.datasource.uid);
        await eventually(async () => (await resultOf(target)).length > 0, Boolean, SHOWN_MS);
      }
    },
    SHOWN_MS + 20_000,
  );

  it('has something to choose', async () => {
    for (const { query, datasource } of variables)
      if (datasource.uid === CLICKHOUSE.uid)
        expect((await resultOf({ refId: 'A', datasource, rawSql: String(query) })).length).toBeGreaterThan(0);
  });
});

it('no alert that says that something is away fires in a stack that is well', async () => {
  expect(await prometheus.query('ALERTS{alertstate="firing",severity="critical"}')).toEqual([]);
});
