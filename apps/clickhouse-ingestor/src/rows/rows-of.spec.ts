import { describe, expect, it } from '@jest/globals';
import { readDeclaredTables } from '@ocpp-gw/clickhouse/testing';
import { UndecodableEventError, decodeEvent, encodeEvent, type Event } from '@ocpp-gw/contracts';
import {
  bootedEvent,
  chargingLimitEvent,
  chargingNeedsEvent,
  chargingScheduleEvent,
  commandEvent,
  connectionEvent,
  dataEvent,
  deviatedEvent,
  findingEvent,
  endedEvent,
  firmwareEvent,
  logEvent,
  managedEvent,
  messageEvent,
  meterEvent,
  publicationEvent,
  reportEvent,
  reservationEvent,
  securityEvent,
  signingEvent,
  startedEvent,
  stationEvent,
  statusEvent,
  updatedEvent,
  type TestEvent,
} from '@ocpp-gw/testing';
import fc from 'fast-check';
import { rowsOf } from './rows-of.ts';

const sample = {
  sampledAt: new Date('2026-03-01T10:00:00.250Z'),
  value: 1500,
  unit: 'Wh',
  rawValue: '1.5',
  rawUnit: 'kWh',
  measurand: 'Energy.Active.Import.Register',
  context: 'Sample.Periodic',
};
const times = {
  occurredAt: new Date('2026-03-01T10:00:00Z'),
  recordedAt: new Date('2026-03-01T10:00:01.5Z'),
};

const booted = bootedEvent({}, times);
const metered = meterEvent({ evseId: 2, samples: [sample, sample] }, times);
const started = startedEvent({ transactionId: '7', meterStartWh: 0, samples: [sample] }, times);

const events: readonly TestEvent[] = [
  booted,
  statusEvent(),
  metered,
  started,
  updatedEvent(),
  endedEvent({ samples: [sample] }),
  connectionEvent(),
  commandEvent(),
  firmwareEvent(),
  logEvent(),
  messageEvent(),
  securityEvent(),
  signingEvent(),
  dataEvent(),
  stationEvent(),
  publicationEvent(),
  chargingLimitEvent(),
  chargingNeedsEvent(),
  chargingScheduleEvent(),
  reservationEvent(),
  reportEvent(),
  managedEvent(),
  deviatedEvent(),
  findingEvent(),
];

/** As it comes from Kafka. */
function read(event: TestEvent, facts: Partial<Event> = {}): Event {
  return { ...decodeEvent(encodeEvent(event)), ...facts };
}

const tables = await readDeclaredTables();

/** Column names of a table. What is an alias is not filled. */
function columnsOf(table: string): string[] {
  return (tables.get(table)?.columns ?? []).filter(({ type }) => !type.includes(' ALIAS ')).map(({ name }) => name);
}

describe('rowsOf', () => {
  it.each(events.map((event) => [event.payload?.$case, event] as const))(
    'fills every column of the tables of %s',
    (_, event) => {
      const rows = rowsOf(read(event));
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(Object.keys(row.columns).sort()).toEqual(columnsOf(row.table).sort());
    },
  );

  it('gives one row a sampled value, numbered within the event, in normalised and in original units', () => {
    const [first, second] = rowsOf(read(metered)).map((row) => row.columns);
    expect(first).toMatchObject({
      sample_no: 0,
      value: 1500,
      unit: 'Wh',
      raw_value: '1.5',
      raw_unit: 'kWh',
      evse_id: 2,
    });
    expect(second).toMatchObject({ sample_no: 1, event_id: first?.['event_id'], event_type: 'cp.meter' });
    expect(first).toMatchObject({
      sampled_at: new Date('2026-03-01T10:00:00.250Z'),
      recorded_at: new Date('2026-03-01T10:00:01.500Z'),
    });
  });

  it('puts the samples of a transaction event beside the event', () => {
    const rows = rowsOf(read(started));
    expect(rows.map((row) => row.table)).toEqual(['transaction_events', 'meter_samples']);
    expect(rows[1]?.columns).toMatchObject({ transaction_id: '7', event_type: 'tx.started' });
  });

  it('tells a register of zero from an unknown one', () => {
    expect(rowsOf(read(started))[0]?.columns['meter_start_wh']).toBe(0);
    const unknown = startedEvent({ meterStartWh: undefined });
    expect(rowsOf(read(unknown))[0]?.columns['meter_start_wh']).toBeNull();
  });

  it('tells a total cost of zero from an unknown one', () => {
    expect(rowsOf(read(endedEvent({ totalCost: 0 })))[0]?.columns['total_cost']).toBe(0);
    expect(rowsOf(read(endedEvent()))[0]?.columns['total_cost']).toBeNull();
  });

  it('puts the amount and the currency of a cost into columns of their own', () => {
    const cost = { amount: '4.20', currency: 'EUR' };
    const columns = rowsOf(read(endedEvent({ totalCost: 4.2, cost })))[0]?.columns;
    expect(columns).toMatchObject({ total_cost: 4.2, cost_amount: '4.20', cost_currency: 'EUR' });
    expect(columns).not.toHaveProperty('cost');
    expect(rowsOf(read(endedEvent()))[0]?.columns).toMatchObject({ cost_amount: null, cost_currency: '' });
  });

  it('keeps what a correction says, and why there is no energy', () => {
    const facts = { revision: 3, stationTransactionId: '1', remoteStartId: 4711, reservationId: 99 };
    const end = { energyWh: undefined, energyReason: 'register_fell', endInferred: 'newer_start' };
    const loose = { unassignedReason: 'ambiguous', assignedTo: '7' };
    const corrected = { revision: 3, station_transaction_id: '1', remote_start_id: 4711, reservation_id: 99 };
    expect(rowsOf(read(endedEvent({ ...facts, ...end, ...loose })))[0]?.columns).toMatchObject({
      ...corrected,
      energy_wh: null,
      energy_reason: 'register_fell',
      end_inferred: 'newer_start',
      unassigned_reason: 'ambiguous',
      assigned_to: '7',
    });
    const known = { meterStartWh: 0, startedAt: times.occurredAt };
    expect(rowsOf(read(updatedEvent({ ...facts, ...known })))[0]?.columns).toMatchObject({
      ...corrected,
      meter_start_wh: 0,
      started_at: new Date('2026-03-01T10:00:00.000Z'),
    });
    expect(rowsOf(read(updatedEvent()))[0]?.columns).toMatchObject({ meter_start_wh: null, started_at: null });
  });

  it('F15 marks a unit that is assumed, and T9 a number that is signed', () => {
    const [assumed, signed] = rowsOf(
      read(
        meterEvent({
          samples: [
            { value: 7, unit: 'W', unitAssumed: true },
            { value: 7, unit: 'Wh', signed: true },
          ],
        }),
      ),
    ).map(({ columns }) => columns);
    expect(assumed).toMatchObject({ unit: 'W', raw_unit: '', unit_assumed: true, signed: false });
    expect(signed).toMatchObject({ unit_assumed: false, signed: true });
  });

  it('leaves out a number where zero means that there is none', () => {
    const placeless = { evseId: 0, connectorId: 0, remoteStartId: 0, reservationId: 0, seqNo: 0, triggerReason: '' };
    const nothing = { evse_id: null, connector_id: null, remote_start_id: null, reservation_id: null, seq_no: null };
    for (const event of [startedEvent(placeless), updatedEvent(placeless), endedEvent(placeless)])
      expect(rowsOf(read(event))[0]?.columns).toMatchObject(nothing);
    expect(rowsOf(read(updatedEvent({ triggerReason: 'CablePluggedIn', seqNo: 0 })))[0]?.columns['seq_no']).toBe(0);
    expect(rowsOf(read(connectionEvent({ closeCode: 0 })))[0]?.columns['close_code']).toBeNull();
  });

  it.each([
    [
      { evseId: 0, connectorId: 0, transactionId: '' },
      { evse_id: 0, connector_id: 0 },
    ],
    [
      { evseId: 2, connectorId: 0, transactionId: '' },
      { evse_id: 2, connector_id: null },
    ],
    [
      { evseId: 0, connectorId: 0, transactionId: '7' },
      { evse_id: null, connector_id: null },
    ],
    [
      { evseId: 2, connectorId: 1, transactionId: '7' },
      { evse_id: 2, connector_id: 1 },
    ],
  ])('takes the place of samples %j for %j', (place, columns) => {
    expect(rowsOf(read(meterEvent({ ...place, samples: [sample] })))[0]?.columns).toMatchObject(columns);
  });

  it('keeps the time of a clock that was absurd', () => {
    const raw = '1970-01-01T00:00:05.000Z';
    const rows = rowsOf(read(meterEvent({ samples: [{ ...sample, sampledAtRaw: raw }, sample] })));
    expect(rows.map(({ columns }) => columns['sampled_at_raw'])).toEqual([raw, '']);
  });

  it('makes a map of the tags of a charge point', () => {
    const tags = [
      { name: 'siteName', value: 'North' },
      { name: 'operatorOfSite', value: 'ACME' },
    ];
    expect(rowsOf(read(managedEvent({ tags })))[0]?.columns).toMatchObject({
      tags: { siteName: 'North', operatorOfSite: 'ACME' },
      registered_at: new Date('2026-01-01T12:00:00Z'),
      retired_at: null,
    });
  });

  it('tells a request of number zero from none', () => {
    for (const make of [firmwareEvent, logEvent, publicationEvent]) {
      expect(rowsOf(read(make({ ocppRequestId: 0 })))[0]?.columns['request_id']).toBe(0);
      expect(rowsOf(read(make({ ocppRequestId: undefined })))[0]?.columns['request_id']).toBeNull();
    }
  });

  it('keeps security events and signing requests of one topic apart', () => {
    const [occurred, requested] = [securityEvent({ techInfo: 'lid' }), signingEvent({ refusal: 'key too short' })];
    expect(rowsOf(read(occurred))).toMatchObject([
      { table: 'security_events', columns: { type: 'TamperDetectionActivated', tech_info: 'lid' } },
    ]);
    expect(rowsOf(read(requested))).toMatchObject([
      { table: 'certificate_signing_requests', columns: { common_name: 'CP1', refusal: 'key too short' } },
    ]);
  });

  it('tells the first event of a station and its first monitor from none', () => {
    expect(rowsOf(read(stationEvent({ cause: 0, monitorId: 0 })))[0]?.columns).toMatchObject({
      cause: 0,
      monitor_id: 0,
    });
    expect(rowsOf(read(stationEvent({ monitorId: undefined })))[0]?.columns).toMatchObject({
      cause: null,
      monitor_id: null,
    });
  });

  it('keeps the steps of an update and of a publication of one topic apart', () => {
    expect(rowsOf(read(firmwareEvent()))).toMatchObject([{ table: 'firmware_status' }]);
    expect(rowsOf(read(publicationEvent({ locations: ['http://a', 'ftp://a'] })))).toMatchObject([
      { table: 'firmware_publications', columns: { locations: ['http://a', 'ftp://a'] } },
    ]);
  });

  it('keeps limits, needs and schedules of one topic apart', () => {
    const made = [chargingLimitEvent(), chargingNeedsEvent(), chargingScheduleEvent()];
    expect(made.flatMap((event) => rowsOf(read(event))).map(({ table }) => table)).toEqual([
      'charging_limits',
      'ev_charging_needs',
      'ev_charging_schedules',
    ]);
  });

  it('stores a value that is no number as NULL with the original kept', () => {
    const signed = { rawValue: 'OCMF|…', format: 'SignedData' };
    const infinite = { value: Infinity, rawValue: '1e999' };
    const rows = rowsOf(read(meterEvent({ samples: [signed, infinite] }))).map((row) => row.columns);
    expect(rows).toEqual([
      expect.objectContaining({ value: null, raw_value: 'OCMF|…' }),
      expect.objectContaining({ value: null, raw_value: '1e999' }),
    ]);
  });

  it('dates a sample without a time by its event', () => {
    const [row] = rowsOf(read(meterEvent({ samples: [{}] }, times)));
    expect(row?.columns['sampled_at']).toEqual(new Date('2026-03-01T10:00:00.000Z'));
  });

  it('dates an event without a charger time by the gateway', () => {
    const [row] = rowsOf(read(booted, { occurredAt: undefined }));
    expect(row?.columns['occurred_at']).toEqual(new Date('2026-03-01T10:00:01.500Z'));
  });

  it.each<[string, Partial<Event>]>([
    ['is no UUID', { id: 'abc' }],
    ['has no recorded_at', { recordedAt: undefined }],
    ['has no payload', { payload: undefined }],
    ['is no date', { occurredAt: new Date(NaN) }],
  ])('refuses an event that %s, as nothing could deduplicate or place it', (reason, facts) => {
    expect(() => rowsOf(read(started, facts))).toThrow(UndecodableEventError);
    expect(() => rowsOf(read(started, facts))).toThrow(reason);
  });

  it('gives the same rows however often an event is read', () => {
    for (const event of events) {
      const bytes = encodeEvent(event);
      expect(rowsOf(decodeEvent(bytes))).toEqual(rowsOf(decodeEvent(bytes)));
    }
  });

  it('writes times that ClickHouse can hold, whatever the clock of the charger says', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (occurredAt) => {
        const [row] = rowsOf(read(started, { occurredAt }));
        const text = (row?.columns['occurred_at'] as Date).toISOString();
        expect(text).toMatch(/^(19|2[012])\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      }),
    );
  });
});
