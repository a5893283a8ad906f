import { describe, expect, it } from '@jest/globals';
import {
  CommandCompleted,
  ConnectionChanged,
  ConnectorStatusChanged,
  Event,
  MeterSample,
  MeterValuesReported,
  StationBooted,
  TransactionEnded,
  TransactionStarted,
  TransactionUpdated,
  UndecodableEventError,
  decodeEvent,
  encodeEvent,
  makeEvent,
} from '@ocpp-gw/contracts';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rowsOf } from './rows-of.ts';

type Payload = NonNullable<Event['payload']>;

const sample = MeterSample.fromPartial({
  sampledAt: new Date('2026-03-01T10:00:00.250Z'),
  value: 1500,
  unit: 'Wh',
  rawValue: '1.5',
  rawUnit: 'kWh',
  measurand: 'Energy.Active.Import.Register',
  context: 'Sample.Periodic',
});

const started: Payload = {
  $case: 'transactionStarted',
  value: TransactionStarted.fromPartial({
    transactionId: '7',
    evseId: 1,
    connectorId: 1,
    meterStartWh: 0,
    samples: [sample],
  }),
};

const payloads: readonly Payload[] = [
  { $case: 'stationBooted', value: StationBooted.fromPartial({ vendor: 'V', model: 'M' }) },
  { $case: 'connectorStatusChanged', value: ConnectorStatusChanged.fromPartial({ evseId: 1, status: 'Available' }) },
  { $case: 'meterValuesReported', value: MeterValuesReported.fromPartial({ evseId: 2, samples: [sample, sample] }) },
  started,
  {
    $case: 'transactionUpdated',
    value: TransactionUpdated.fromPartial({ transactionId: '7', chargingState: 'Charging' }),
  },
  { $case: 'transactionEnded', value: TransactionEnded.fromPartial({ transactionId: '7', samples: [sample] }) },
  { $case: 'connectionChanged', value: ConnectionChanged.fromPartial({ connected: true }) },
  { $case: 'commandCompleted', value: CommandCompleted.fromPartial({ action: 'Reset' }) },
];

function event(payload: Payload, facts: Partial<Event> = {}): Event {
  const made = makeEvent({
    cpId: 'CP1',
    protocol: 'ocpp1.6',
    pod: 'pod-1',
    occurredAt: new Date('2026-03-01T10:00:00Z'),
    recordedAt: new Date('2026-03-01T10:00:01.5Z'),
    payload,
  });
  return { ...decodeEvent(encodeEvent(made)), ...facts };
}

/** Column names by table, as the DDL files create them. */
const ddl = join(import.meta.dirname, '../../ddl');
const columnsOf = new Map(
  readdirSync(ddl)
    .map((name) => readFileSync(join(ddl, name), 'utf8'))
    .flatMap((sql) => [...sql.matchAll(/CREATE TABLE IF NOT EXISTS (\w+)\n\(\n(.*?)\n\)\nENGINE/gs)])
    .map(([, table, body]) => [table, [...(body ?? '').matchAll(/^ {4}(?!INDEX)(\w+) /gm)].map(([, name]) => name)]),
);

describe('rowsOf', () => {
  it.each(payloads.map((payload) => [payload.$case, payload] as const))(
    'fills every column of the tables of %s',
    (_, payload) => {
      const rows = rowsOf(event(payload));
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        const declared = columnsOf.get(row.table) ?? [];
        expect(Object.keys(row.columns).sort()).toEqual([...declared].sort());
      }
    },
  );

  it('gives one row a sampled value, numbered within the event, in normalised and in original units', () => {
    const [first, second] = rowsOf(event(payloads[2] as Payload)).map((row) => row.columns);
    expect(first).toMatchObject({
      sample_no: 0,
      value: 1500,
      unit: 'Wh',
      raw_value: '1.5',
      raw_unit: 'kWh',
      evse_id: 2,
    });
    expect(second).toMatchObject({ sample_no: 1, event_id: first?.['event_id'], event_type: 'cp.meter' });
    expect(first).toMatchObject({ sampled_at: '2026-03-01 10:00:00.250', recorded_at: '2026-03-01 10:00:01.500' });
  });

  it('puts the samples of a transaction event beside the event', () => {
    const rows = rowsOf(event(started));
    expect(rows.map((row) => row.table)).toEqual(['transaction_events', 'meter_samples']);
    expect(rows[1]?.columns).toMatchObject({ transaction_id: '7', event_type: 'tx.started' });
  });

  it('tells a register of zero from an unknown one', () => {
    expect(rowsOf(event(started))[0]?.columns['meter_start_wh']).toBe(0);
    const unknown: Payload = {
      $case: 'transactionStarted',
      value: TransactionStarted.fromPartial({ transactionId: '7' }),
    };
    expect(rowsOf(event(unknown))[0]?.columns['meter_start_wh']).toBeNull();
  });

  it('stores a value that is no number as NULL with the original kept', () => {
    const signed = MeterSample.fromPartial({ rawValue: 'OCMF|…', format: 'SignedData' });
    const infinite = MeterSample.fromPartial({ value: Infinity, rawValue: '1e999' });
    const payload: Payload = {
      $case: 'meterValuesReported',
      value: MeterValuesReported.fromPartial({ samples: [signed, infinite] }),
    };
    const rows = rowsOf(event(payload)).map((row) => row.columns);
    expect(rows).toEqual([
      expect.objectContaining({ value: null, raw_value: 'OCMF|…' }),
      expect.objectContaining({ value: null, raw_value: '1e999' }),
    ]);
  });

  it('dates a sample without a time by its event', () => {
    const payload: Payload = {
      $case: 'meterValuesReported',
      value: MeterValuesReported.fromPartial({ samples: [{}] }),
    };
    expect(rowsOf(event(payload))[0]?.columns['sampled_at']).toBe('2026-03-01 10:00:00.000');
  });

  it('dates an event without a charger time by the gateway', () => {
    const [row] = rowsOf(event(payloads[0] as Payload, { occurredAt: undefined }));
    expect(row?.columns['occurred_at']).toBe('2026-03-01 10:00:01.500');
  });

  it.each<[string, Partial<Event>]>([
    ['is no UUID', { id: 'abc' }],
    ['has no recorded_at', { recordedAt: undefined }],
    ['has no payload', { payload: undefined }],
  ])('refuses an event that %s, as nothing could deduplicate or place it', (reason, facts) => {
    expect(() => rowsOf(event(started, facts))).toThrow(UndecodableEventError);
    expect(() => rowsOf(event(started, facts))).toThrow(reason);
  });

  it('gives the same rows however often an event is read', () => {
    for (const payload of payloads) {
      const bytes = encodeEvent(event(payload));
      expect(rowsOf(decodeEvent(bytes))).toEqual(rowsOf(decodeEvent(bytes)));
    }
  });

  it('writes times that ClickHouse can hold, whatever the clock of the charger says', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (occurredAt) => {
        const [row] = rowsOf(event(started, { occurredAt }));
        const text = String(row?.columns['occurred_at']);
        expect(text).toMatch(/^(19|2[012])\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
      }),
    );
  });
});
