import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseSchema, clickhouseTarget, migrate, schemaFolders } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { bootedEvent, deviatedEvent } from '@ocpp-gw/testing';
import { insertEvents } from '../testdata/insert-rows.ts';
import { ClickHouseInserter } from './clickhouse-inserter.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 10, minute));
const none = { vendor: '', model: '', firmwareVersion: '' };

describe('deviations_by_firmware', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'deviations', ports: 'random', only: ['clickhouse'] });
    const target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    sut = new ClickHouseInserter(target);
  }, 120_000);

  afterAll(async () => {
    await sut.stop();
    await client.close();
    await plane.stop();
  });

  it('counts each occurrence once, by what the charge points were at the time', async () => {
    const of = (cpId: string, minute: number, count: number, known: object = {}) =>
      deviatedEvent(
        { count, firstAt: at(minute), lastAt: at(minute + 1), ...known },
        { cpId, occurredAt: at(minute + 1), recordedAt: at(minute + 1) },
      );
    const events = [
      of('A', 0, 1),
      of('A', 2, 40),
      of('B', 1, 1),
      of('A', 5, 3, { firmwareVersion: '2.0' }),
      of('B', 0, 2, none),
      of('C', 0, 7, none),
      bootedEvent({ vendor: 'Vendor', model: 'Model', firmwareVersion: '1.0' }, { cpId: 'B' }),
    ];
    for (const each of [events, events]) await insertEvents(sut, each);
    const query = 'SELECT * FROM deviations_by_firmware ORDER BY firmware_version NULLS LAST';
    const kind = { protocol: 'ocpp1.6', action: 'MeterValues', rule: 'text-for-number', direction: 'request' };
    const model = { vendor: 'Vendor', model: 'Model' };
    const seen = (first: number, last: number) => ({
      first_seen_at: `2026-01-01 10:0${first}:00.000`,
      last_seen_at: `2026-01-01 10:0${last}:00.000`,
    });
    expect(await (await client.query({ query, format: 'JSONEachRow' })).json()).toEqual([
      { ...model, firmware_version: '1.0', ...kind, occurrences: 44, chargers: 2, ...seen(0, 3) },
      { ...model, firmware_version: '2.0', ...kind, occurrences: 3, chargers: 1, ...seen(5, 6) },
      { vendor: null, model: null, firmware_version: null, ...kind, occurrences: 7, chargers: 1, ...seen(0, 1) },
    ]);
  });
});
