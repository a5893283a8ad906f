import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Circumstances,
  ClickHouseUnavailableError,
  Messages,
  clickhouseSchema,
  clickhouseTarget,
} from '@ocpp-gw/clickhouse';
import { decodeEvent, type ReconnectLoop, type RefusedHandshake } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { ChargePoints, Findings, Leadership, Transactions, createDatabase, type Database } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { eventually } from '@ocpp-gw/testing';
import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { seedClickHouse, seedPostgres } from '../testdata/data.ts';
import { FleetFindings, type FleetFindingsParts } from './fleet-findings.ts';
import { FindingsMetrics } from './metrics.ts';

const MINUTE = 60_000;
const ago = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE);

describe(FleetFindings.name, () => {
  let plane: DataPlane;
  let database: Database;
  let clickhouse: ClickHouseClient;
  let findings: Findings;
  let refused: RefusedHandshake[] = [];
  let loops: ReconnectLoop[] = [];
  const pods: FleetFindings[] = [];
  const signal = new AbortController().signal;
  const log = () => undefined;
  const logger = { debug: log, info: log, warn: log, error: log, child: () => logger };

  const sql = <Row extends object>(text: string, ...values: unknown[]) => sqlOf(database).query<Row>(text, values);

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'fleet-findings', ports: 'random', only: ['postgres', 'clickhouse'] });
    await Promise.all([seedPostgres(plane.postgresUrl), seedClickHouse(plane.clickhouseUrl)]);
    database = createDatabase({ url: plane.postgresUrl, poolSize: 4, applicationName: 'spec' });
    await database.start();
    clickhouse = createClient(
      clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec'),
    );
    findings = new Findings(database);
  }, 120_000);

  beforeEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    [refused, loops] = [[], []];
    await sql('TRUNCATE findings, finding_looks, outbox');
    await sql('UPDATE charge_points SET retired_at = NULL');
    for (const table of ['messages', 'connections']) await clickhouse.command({ query: `TRUNCATE TABLE ${table}` });
  });

  afterAll(async () => {
    await Promise.all(pods.map((pod) => pod.stop()));
    await clickhouse?.close();
    await database?.stop();
    await plane?.stop();
  });

  function pod(name: string, parts: Partial<FleetFindingsParts> = {}) {
    const registry = new Registry();
    const sut = new FleetFindings({
      leadership: new Leadership({ ...database, options: { ...database.options, applicationName: name } } as Database),
      findings,
      chargePoints: new ChargePoints(database),
      messages: new Messages(clickhouse),
      circumstances: new Circumstances(clickhouse),
      transactions: new Transactions(database),
      refused: { list: async () => refused },
      loops: { list: async () => loops },
      metrics: new FindingsMetrics(registry),
      logger,
      pod: name,
      intervalMs: 20,
      windowMs: 60 * MINUTE,
      ...parts,
    });
    pods.push(sut);
    const value = async (metric: string, labels: object = {}) => {
      const { values } = (await registry.getSingleMetric(metric)?.get()) ?? { values: [] };
      return values.find((each) => Object.entries(labels).every(([name, of]) => each.labels[name] === of))?.value;
    };
    return { sut, value, pass: () => sut.pass(signal) };
  }

  let number = 0;
  function frame(cpId: string, at: Date, direction: string, kind: string, action: string, raw: string): object {
    number += 1;
    const [, messageId] = JSON.parse(raw) as [number, string];
    const [times, known] = [
      { occurred_at: at.getTime(), recorded_at: at.getTime() },
      { protocol: 'ocpp1.6', pod: 'pod', connection_id: `of ${cpId}` },
    ];
    const parts = { direction, kind, action, message_id: messageId, size_bytes: raw.length, raw, number };
    return { event_id: randomUUID(), cp_id: cpId, ...times, ...known, ...parts };
  }
  const record = (...values: object[]) => clickhouse.insert({ table: 'messages', values, format: 'JSONEachRow' });
  const heartbeat = (cpId: string, at: Date): object[] => {
    const id = `h${number}`;
    return [
      frame(cpId, at, 'in', 'call', 'Heartbeat', `[2,"${id}","Heartbeat",{}]`),
      frame(cpId, at, 'out', 'call_result', 'Heartbeat', `[3,"${id}",{"currentTime":"${at.toISOString()}"}]`),
    ];
  };
  const blocked = (cpId: string, at: Date): object[] => {
    const id = `a${number}`;
    return [
      frame(cpId, at, 'in', 'call', 'Authorize', `[2,"${id}","Authorize",{"idTag":"T"}]`),
      frame(cpId, at, 'out', 'call_result', 'Authorize', `[3,"${id}",{"idTagInfo":{"status":"Blocked"}}]`),
    ];
  };

  const open = async () =>
    (await findings.list({ limit: 100, state: 'open' })).items.map(({ cpId, finding }) => `${cpId} ${finding}`);
  const published = async () =>
    (await sql<{ payload: Buffer }>('SELECT payload FROM outbox ORDER BY id')).map(({ payload }) => {
      const { cpId, payload: of } = decodeEvent(payload);
      return of?.$case === 'findingChanged' ? `${cpId} ${of.value.finding} ${of.value.state}` : '';
    });
  const lookedLongAgo = () => sql(`UPDATE finding_looks SET looked_at = looked_at - interval '20 minutes'`);

  it('keeps what is wrong while it is seen in the window, and ends it after', async () => {
    await record(...blocked('CP-A', ago(30)));
    const wide = pod('wide');
    await wide.pass();
    expect(await open()).toEqual(['CP-A failed-authorization']);
    expect((await findings.list({ limit: 1, state: 'open' })).items).toMatchObject([
      {
        ...{ severity: 'warning', vendor: 'Acme', model: 'One', firmwareVersion: '1.2', count: 1 },
        ...{ details: ['Authorize was answered Blocked'], frameEventIds: [expect.anything(), expect.anything()] },
      },
    ]);
    expect(await wide.value('eveys_ocpp_findings_open', { finding: 'failed-authorization' })).toBe(1);
    expect(await wide.value('eveys_ocpp_findings_opened_total', { finding: 'failed-authorization' })).toBe(1);
    expect(await wide.value('eveys_ocpp_findings_oldest_look_seconds')).toBe(0);
    await wide.pass();
    expect(await wide.value('eveys_ocpp_findings_looks_total')).toBe(1);
    await record(...blocked('CP-A', ago(29)));
    await wide.pass();
    expect(await wide.value('eveys_ocpp_findings_looks_total')).toBe(2);
    expect((await findings.list({ limit: 1, state: 'open' })).items).toMatchObject([{ count: 2 }]);
    await lookedLongAgo();
    await pod('narrow', { windowMs: 10 * MINUTE }).pass();
    expect(await open()).toEqual([]);
    expect(await published()).toEqual(['CP-A failed-authorization open', 'CP-A failed-authorization ended']);
  });

  it('has one pod look at a time, and another one when that pod is lost, with one event for each opening', async () => {
    const [one, two] = [pod('pod-one'), pod('pod-two')];
    for (const { sut } of [one, two]) sut.start();
    await record(...blocked('CP-A', ago(1)));
    await eventually(open, (all) => all.length === 1);
    const looks = () => Promise.all([one, two].map(({ value }) => value('eveys_ocpp_findings_looks_total')));
    const leader = (await looks()).findIndex((count) => count !== 0);
    expect(await looks()).toEqual(leader === 0 ? [1, 0] : [0, 1]);
    const lost = leader === 0 ? 'pod-one leases' : 'pod-two leases';
    // Whoever takes over next is the other one, as far as the first cannot connect again.
    await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, lost);
    await record(...blocked('CP-A', ago(0.5)), ...blocked('CP-B', ago(0.5)));
    await eventually(open, (all) => all.length === 2);
    expect(await published()).toEqual(['CP-A failed-authorization open', 'CP-B failed-authorization open']);
    await [one, two][leader]?.sut.stop();
    await record(...blocked('CP-C', ago(0.2)));
    await eventually(open, (all) => all.length === 3);
    expect((await looks())[1 - leader]).toBeGreaterThan(0);
    expect(await published()).toHaveLength(3);
    expect(await [one, two][leader]?.value('eveys_ocpp_findings_open')).toBeUndefined();
  });

  it('finds what frames do not show, of charge points that are registered', async () => {
    const refusal = { at: ago(2).getTime(), pod: 'p', source: 's', status: 401, reason: 'bad-password', detail: '' };
    refused = [
      { ...refusal, cpId: 'cp-a' },
      { ...refusal, cpId: 'unknown' },
      { ...refusal, cpId: 'CP-C', at: ago(70).getTime() },
    ];
    const connected = (at: Date): object => ({
      ...{ event_id: randomUUID(), cp_id: 'CP-B', protocol: 'ocpp2.0.1', connected: true },
      ...{ connection_id: randomUUID(), began_at: at.getTime(), occurred_at: at.getTime(), recorded_at: at.getTime() },
    });
    const values = [5, 4.5, 4, 3.5, 3].map((minutes) => connected(ago(minutes)));
    await clickhouse.insert({ table: 'connections', values, format: 'JSONEachRow' });
    loops = [
      {
        ...{ cpId: 'CP-B', pod: 'p', since: ago(5).getTime(), last: ago(3).getTime(), connections: 5 },
        ...{ takeovers: 0, delayMs: 1, sources: [] },
      },
    ];
    await pod('pod').pass();
    expect((await open()).toSorted()).toEqual(['CP-A handshakes-refused', 'CP-B reconnect-loop']);
    expect((await findings.looks()).map(({ cpId }) => cpId).toSorted()).toEqual(['CP-A', 'CP-B']);
  });

  it('takes nobody for silent as long as no frame has come that is younger', async () => {
    const call = `[2,"r","Reset",{"type":"Soft"}]`;
    await record(...heartbeat('CP-A', ago(3.1)), frame('CP-A', ago(3), 'out', 'call', 'Reset', call));
    const { pass } = pod('pod');
    await pass();
    expect(await open()).toEqual([]);
    await record(...heartbeat('CP-B', ago(1)));
    await lookedLongAgo();
    await pass();
    expect(await open()).toEqual(['CP-A silent-charger']);
  });

  it('ends what is open of a charge point that is retired', async () => {
    await record(...blocked('CP-A', ago(1)));
    const { pass } = pod('pod');
    await pass();
    await sql(`UPDATE charge_points SET retired_at = now() WHERE cp_id = 'CP-A'`);
    await lookedLongAgo();
    await pass();
    expect(await open()).toEqual([]);
  });

  it('changes nothing while ClickHouse or Redis is away, and goes on with the others where one cannot be looked at', async () => {
    await record(...blocked('CP-A', ago(1)));
    await pod('pod').pass();
    await lookedLongAgo();
    const newest = async () => Promise.reject(new ClickHouseUnavailableError(new Error('away')));
    const away = pod('away', { messages: { newest, all: async function* () {} } });
    await expect(away.pass()).rejects.toThrow(ClickHouseUnavailableError);
    const list = async () => Promise.reject(new RedisUnavailableError('list'));
    await expect(pod('no redis', { refused: { list } }).pass()).rejects.toThrow(RedisUnavailableError);
    expect(await open()).toEqual(['CP-A failed-authorization']);

    await record(...blocked('CP-A', ago(0.5)), ...blocked('CP-B', ago(0.5)));
    const messages = new Messages(clickhouse);
    const faulty = {
      newest: (from: Date) => messages.newest(from),
      all: (filter: { cpId: string }, size?: number) => {
        if (filter.cpId === 'CP-A') throw new Error('a fault');
        return messages.all(filter, size);
      },
    };
    await pod('faulty', { messages: faulty }).pass();
    expect((await open()).toSorted()).toEqual(['CP-A failed-authorization', 'CP-B failed-authorization']);
  });
});
