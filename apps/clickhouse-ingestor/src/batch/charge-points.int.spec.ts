import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseSchema, clickhouseTarget, migrate, schemaFolders } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Event } from '@ocpp-gw/contracts';
import { bootedEvent, managedEvent } from '@ocpp-gw/testing';
import { insertEvents } from '../testdata/insert-rows.ts';
import { ClickHouseInserter } from './clickhouse-inserter.ts';

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number, 10));

describe('charge_points', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'charge-points', ports: 'random', only: ['clickhouse'] });
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

  const on = (number: number, cpId: string) => ({ cpId, occurredAt: day(number), recordedAt: day(number) });

  /** In the order given and again in the other one. */
  async function insert(...events: Event[]): Promise<void> {
    for (const event of [...events, ...events.toReversed()]) await insertEvents(sut, [event]);
  }

  async function point(cpId: string): Promise<unknown> {
    const query = `SELECT * EXCEPT (iccid, imsi, serial_number, first_serial_number) FROM charge_points WHERE cp_id = '${cpId}'`;
    return (await client.query({ query, format: 'JSONEachRow' })).json();
  }

  it('has the first and the latest boot, whatever the order in which they come', async () => {
    const boot = (firmwareVersion: string, number: number): Event =>
      bootedEvent({ firmwareVersion }, on(number, 'BOOTS'));
    await insert(boot('1.1', 2), boot('1.2', 3), boot('1.0', 1));
    expect(await point('BOOTS')).toEqual([
      {
        cp_id: 'BOOTS',
        protocol: 'ocpp1.6',
        vendor: 'Vendor',
        model: 'Model',
        firmware_version: '1.2',
        registration_status: 'Accepted',
        first_boot_at: '2026-01-01 10:00:00.000',
        first_vendor: 'Vendor',
        first_model: 'Model',
        first_firmware_version: '1.0',
        last_boot_at: '2026-01-03 10:00:00.000',
        registered_at: null,
        retired_at: null,
        time_zone: null,
        tags: {},
      },
    ]);
  });

  it('knows one that never connected, as operators left it', async () => {
    const tags = [{ name: 'site', value: 'North' }];
    const managed = { registeredAt: day(1) };
    await insert(
      managedEvent({ ...managed, tags: [] }, { ...on(1, 'NEVER'), protocol: '' }),
      managedEvent(
        { ...managed, tags, timeZone: 'Asia/Kolkata', retiredAt: day(3) },
        { ...on(3, 'NEVER'), protocol: '' },
      ),
      managedEvent({ ...managed, tags }, { ...on(2, 'NEVER'), protocol: '' }),
    );
    expect(await point('NEVER')).toEqual([
      {
        cp_id: 'NEVER',
        protocol: null,
        vendor: null,
        model: null,
        firmware_version: null,
        registration_status: null,
        first_boot_at: null,
        first_vendor: null,
        first_model: null,
        first_firmware_version: null,
        last_boot_at: null,
        registered_at: '2026-01-01 10:00:00.000',
        retired_at: '2026-01-03 10:00:00.000',
        time_zone: 'Asia/Kolkata',
        tags: { site: 'North' },
      },
    ]);
  });
});
