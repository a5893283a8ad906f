import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { randomUUID } from 'node:crypto';
import { Circumstances } from './circumstances.ts';
import { clickhouseSchema, clickhouseTarget } from './config.ts';
import { migrate, schemaFolders } from './migrator/migrator.ts';

describe(Circumstances.name, () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  const hour = (of: number): Date => new Date(Date.UTC(2026, 0, 10, of));
  const window = { cpId: 'CP1', from: hour(10), to: hour(20) };

  const row = (at: Date, parts: object): object => ({
    event_id: randomUUID(),
    cp_id: 'CP1',
    protocol: 'ocpp1.6',
    occurred_at: at.getTime(),
    recorded_at: at.getTime(),
    ...parts,
  });
  const opened = (id: string, at: Date) => row(at, { connected: true, connection_id: id, began_at: at.getTime() });
  const closed = (id: string, at: Date, began: Date | null) =>
    row(at, {
      ...{ connected: false, connection_id: id, close_code: 1006, reason: 'charger is silent' },
      began_at: began && began.getTime(),
    });

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'circumstances', ports: 'random', only: ['clickhouse'] });
    const target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    const connections = [
      ...[opened('over', hour(1)), closed('over', hour(2), hour(1))],
      ...[opened('into', hour(3)), closed('into', hour(11), hour(3))],
      // Its open was before what is read, or lost.
      closed('only-end', hour(12), hour(4)),
      ...[opened('running', hour(13)), opened('later', hour(21))],
      { ...opened('of another', hour(13)), cp_id: 'CP2' },
    ];
    const met = (at: Date, count: number, rule = 'text-for-number') =>
      row(at, {
        rule,
        action: 'MeterValues',
        direction: 'request',
        count,
        first_at: at.getTime(),
        last_at: at.getTime(),
      });
    for (const [table, values] of [
      ['connections', connections],
      ['connections', connections],
      ['field_deviations', [met(hour(9), 5), met(hour(11), 2), met(hour(12), 3), met(hour(12), 1, 'over-long-text')]],
    ] as const)
      await client.insert({ table, values: [...values], format: 'JSONEachRow' });
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await plane.stop();
  });

  it('gives the connections that were open in the period, whenever they began', async () => {
    const ended = { reason: 'charger is silent', closeCode: 1006 };
    expect(await new Circumstances(client).connections(window)).toEqual([
      { connectionId: 'into', openedAt: hour(3), endedAt: hour(11), ...ended },
      { connectionId: 'only-end', openedAt: hour(4), endedAt: hour(12), ...ended },
      { connectionId: 'running', openedAt: hour(13) },
    ]);
  });

  it('adds up the deviations of the period', async () => {
    expect(await new Circumstances(client).deviations(window)).toEqual([
      { rule: 'text-for-number', action: 'MeterValues', count: 5, firstAt: hour(11), lastAt: hour(12) },
      { rule: 'over-long-text', action: 'MeterValues', count: 1, firstAt: hour(12), lastAt: hour(12) },
    ]);
  });
});
