import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseSchema, clickhouseTarget, schemaFolders, migrate, type ClickHouseTarget } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Event } from '@ocpp-gw/contracts';
import {
  chargingLimitEvent,
  chargingNeedsEvent,
  chargingScheduleEvent,
  dataEvent,
  endedEvent,
  firmwareEvent,
  logEvent,
  meterEvent,
  publicationEvent,
  reportEvent,
  reservationEvent,
  securityEvent,
  signingEvent,
  startedEvent,
  stationEvent,
  statusEvent,
  type EventOverrides,
} from '@ocpp-gw/testing';
import { rowsOf } from '../rows/rows-of.ts';
import { insertRows } from '../testdata/insert-rows.ts';
import { ClickHouseInserter } from './clickhouse-inserter.ts';
import { InsertError } from './errors.ts';

const at = (time: string): Date => new Date(`2026-01-${time}Z`);

const happened = (time: Date): EventOverrides => ({ occurredAt: time, recordedAt: time });

const transactionId = '7';

/** The energy of an event: its interval, if it has one. */
const energy = (energyWh?: number, step?: [number: number, fromAt: Date, fromWh: number, toAt: Date]) => {
  const [number = 0, fromAt, fromWh = 0, toAt] = step ?? [];
  const intervals = step ? [{ number, fromAt, fromWh, toAt, toWh: energyWh ?? 0, quality: [] }] : [];
  return { energy: { firstHeardAt: at('01T10:30:01'), number, energyWh, reachedAt: toAt, intervals } };
};

function registers(...readings: [time: Date, wh: number][]): Event[] {
  return readings.map(([sampledAt, value]) => {
    const samples = [
      { sampledAt, value, unit: 'Wh', measurand: 'Energy.Active.Import.Register' },
      { sampledAt, value: 11_000, unit: 'W', measurand: 'Power.Active.Import' },
    ];
    return meterEvent({ transactionId, samples }, happened(sampledAt));
  });
}

const status = (time: string, value: string, reported = time): Event =>
  statusEvent({ status: value }, { occurredAt: at(reported), recordedAt: at(time) });

const start = startedEvent(
  { transactionId, idToken: 'TOKEN', meterStartWh: 1000, ...energy() },
  happened(at('01T10:30:00')),
);
const progress = meterEvent(
  { transactionId, samples: [], ...energy(2000, [1, at('01T10:30:00'), 0, at('01T11:30:00')]) },
  happened(at('01T11:30:00')),
);

const end = endedEvent(
  {
    transactionId,
    idToken: '',
    startedAt: undefined,
    meterStartWh: 1000,
    meterStopWh: 4000,
    energyWh: 3000,
    totalCost: 4.2,
    cost: { amount: '4.20', currency: 'EUR' },
    reason: 'EVDisconnected',
    ...energy(3000, [2, at('01T11:30:00'), 2000, at('01T12:00:00')]),
  },
  happened(at('01T12:00:00')),
);

/** Every insert is made three times: at once, and in another batch, as a repeated batch may be cut differently. */
describe('ClickHouseInserter', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;
  let target: ClickHouseTarget;

  const rows = async (query: string): Promise<Record<string, unknown>[]> =>
    (
      await client.query({
        query,
        format: 'JSONEachRow',
        clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      })
    ).json();

  const insertRepeatedly = async (...events: Event[]): Promise<void> => {
    for (const [table, group] of Map.groupBy(events.flatMap(rowsOf), (row) => row.table)) {
      const columns = group.map((row) => row.columns);
      await insertRows(sut, table, columns);
      await insertRows(sut, table, columns);
      await insertRows(sut, table, columns.slice(0, 1));
      await insertRows(sut, table, columns.slice(1).concat(columns.slice(0, 1)));
    }
  };

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'inserter', ports: 'random', only: ['clickhouse'] });
    target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    sut = new ClickHouseInserter(target);
  }, 120_000);

  afterAll(async () => {
    await sut.stop();
    await client.close();
    await plane.stop();
  });

  it('is acknowledged for rows of every table, and answers pings', async () => {
    await insertRepeatedly(start, progress, ...registers([at('01T11:30:00'), 3000], [at('01T11:45:00'), 0]));
    await sut.ping();
    expect(await rows('SELECT count() AS n FROM meter_samples FINAL')).toEqual([{ n: 4 }]);
    expect(await rows('SELECT count() AS n FROM transaction_events FINAL')).toEqual([{ n: 1 }]);
  });

  it.each<[string, Event, Record<string, unknown>]>([
    ['firmware_status', firmwareEvent(), { status: 'Installed', request_id: 1, signed: true }],
    ['log_status', logEvent({ ocppRequestId: undefined, diagnostics: true }), { request_id: null, diagnostics: true }],
    ['security_events', securityEvent({ techInfo: 'lid' }), { type: 'TamperDetectionActivated', tech_info: 'lid' }],
    [
      'certificate_signing_requests',
      signingEvent({ status: 'Rejected', refusal: 'key too short', certificateType: 'V2GCertificate' }),
      { status: 'Rejected', refusal: 'key too short', common_name: 'CP1', certificate_type: 'V2GCertificate' },
    ],
    ['data_transfers', dataEvent(), { vendor_id: 'com.example', message_id: 'Ping', data: '{}', status: 'Accepted' }],
    [
      'station_events',
      stationEvent({ eventNumber: 0, cleared: true, monitorId: undefined }),
      {
        event_number: 0,
        trigger: 'Alerting',
        component: 'EVSE',
        evse_id: 1,
        cleared: true,
        cause: null,
        monitor_id: null,
      },
    ],
    ['firmware_publications', publicationEvent(), { status: 'Published', locations: ['http://hub.local/firmware'] }],
    ['charging_limits', chargingLimitEvent({ cleared: true }), { source: 'EMS', cleared: true, schedules: '[]' }],
    ['ev_charging_needs', chargingNeedsEvent(), { needs: '{"requestedEnergyTransfer":"DC"}', max_schedule_tuples: 3 }],
    ['ev_charging_schedules', chargingScheduleEvent({ status: 'Rejected' }), { evse_id: 1, status: 'Rejected' }],
    ['reservation_ends', reservationEvent(), { reservation_id: 1, status: 'Expired' }],
    ['reports', reportEvent(), { report: 'DeviceModel', request_id: 1, parts: 2 }],
  ])('keeps one row in %s of an event that comes often', async (table, event, columns) => {
    await insertRepeatedly(event);
    expect(await rows(`SELECT * FROM ${table} FINAL`)).toEqual([
      expect.objectContaining({ event_id: event.id, cp_id: 'CP1', occurred_at: '2026-01-01 12:00:00.000', ...columns }),
    ]);
  });

  it('skips a batch that it has inserted already', async () => {
    const before = await rows('SELECT count() AS n FROM transaction_events');
    await insertRows(
      sut,
      'transaction_events',
      rowsOf(start).map((row) => row.columns),
    );
    expect(await rows('SELECT count() AS n FROM transaction_events')).toEqual(before);
  });

  it('shows a running session with its energy so far', async () => {
    expect(await rows('SELECT * FROM sessions')).toEqual([
      expect.objectContaining({
        cp_id: 'CP1',
        transaction_id: '7',
        state: 'active',
        id_token: 'TOKEN',
        started_at: '2026-01-01 10:30:00.000',
        ended_at: null,
        meter_start_wh: 1000,
        meter_stop_wh: 3000,
        energy_wh: 2000,
        total_cost: null,
        cost_amount: null,
        cost_currency: '',
        events: 1,
      }),
    ]);
  });

  it('shows an ended session with energy and duration', async () => {
    await insertRepeatedly(end);
    expect(await rows('SELECT * FROM sessions')).toEqual([
      expect.objectContaining({
        state: 'ended',
        ended_at: '2026-01-01 12:00:00.000',
        duration_seconds: 5400,
        meter_stop_wh: 4000,
        energy_wh: 3000,
        total_cost: 4.2,
        cost_amount: 4.2,
        cost_currency: 'EUR',
        stop_reason: 'EVDisconnected',
        events: 2,
      }),
    ]);
  });

  it('spreads energy over the hours it was delivered in, by its intervals alone; repeated rows add nothing', async () => {
    expect(await rows('SELECT * FROM energy_per_charger_hour ORDER BY hour')).toEqual([
      { cp_id: 'CP1', hour: '2026-01-01 10:00:00', energy_wh: 1000, estimated_wh: 0, transactions: 1 },
      { cp_id: 'CP1', hour: '2026-01-01 11:00:00', energy_wh: 2000, estimated_wh: 0, transactions: 1 },
    ]);
  });

  it('F16 shows the status that was received last, whatever time the charger named and in whatever order rows come', async () => {
    await insertRepeatedly(
      status('02T13:00:00', 'Charging'),
      status('02T12:00:00', 'Faulted', '02T15:00:00'),
      status('01T12:00:00', 'Available'),
    );
    expect(await rows('SELECT evse_id, connector_id, status, status_at FROM last_status')).toEqual([
      { evse_id: 1, connector_id: 1, status: 'Charging', status_at: '2026-01-02 13:00:00.000' },
    ]);
  });

  it('says to run the migrator when the table is not there, and may be tried again', async () => {
    const elsewhere = new ClickHouseInserter({ ...target, database: 'nowhere' });
    const failed = insertRows(elsewhere, 'boots', [{ cp_id: 'CP1' }]);
    await expect(failed).rejects.toThrow(InsertError);
    await expect(failed).rejects.toThrow(/insert into boots failed.*run the DDL migrator/s);
    await expect(failed).rejects.toMatchObject({ retriable: true });
    await elsewhere.stop();
  });
});
