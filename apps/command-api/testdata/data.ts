import { readFileSync } from 'node:fs';
import { createClient } from '@clickhouse/client';
import { createDatabase, migrate } from '@ocpp-gw/persistence';

/** The table contract with clickhouse-ingestor: its own DDL. */
const METER_SAMPLES = new URL('../../clickhouse-ingestor/ddl/0003_meter_samples.sql', import.meta.url);

export const EVENT_IDS = [
  '0190a000-0000-7000-8000-000000000001',
  '0190a000-0000-7000-8000-000000000002',
  '0190a000-0000-7000-8000-000000000003',
] as const;

/** Two chargers and three transactions. */
export async function seedPostgres(url: string): Promise<void> {
  await migrate({ url, applicationName: 'test' });
  const database = createDatabase({ url, poolSize: 1, applicationName: 'test' });
  await database.start();
  await database.query(`
    INSERT INTO charge_points (cp_id, protocol, vendor, model, firmware_version, registration_status, security_profile)
    VALUES ('CP-A', 'ocpp1.6', 'Acme', 'One', '1.2', 'Accepted', 0),
           ('CP-B', 'ocpp2.0.1', 'Acme', 'Two', '2.3', 'Accepted', 0),
           ('CP-C', NULL, NULL, NULL, NULL, NULL, 0)`);
  await database.query(`
    INSERT INTO connectors (cp_id, evse_id, connector_id, status, status_at)
    VALUES ('CP-A', 1, 1, 'Available', '2026-01-01T00:00:00Z')`);
  await database.query(`
    INSERT INTO transactions (cp_id, protocol, transaction_id, state, start_seen, evse_id, connector_id, started_at,
                              ended_at, meter_start_wh, meter_last_wh)
    VALUES ('CP-A', 'ocpp1.6', '1', 'ended', true, 1, 1, '2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z', 100, 1600),
           ('CP-A', 'ocpp1.6', '2', 'active', true, 1, 1, '2026-01-02T10:00:00Z', NULL, 1600, NULL),
           ('CP-B', 'ocpp2.0.1', 'tx-3', 'active', true, 1, 1, '2026-01-03T10:00:00Z', NULL, 0, NULL)`);
  await database.stop();
}

/** Three samples, one of them delivered twice. */
export async function seedClickHouse(url: string): Promise<void> {
  const server = createClient({ url });
  await server.command({ query: 'CREATE DATABASE IF NOT EXISTS ocpp' });
  await server.close();
  const client = createClient({ url, database: 'ocpp' });
  await client.command({
    query: readFileSync(METER_SAMPLES, 'utf8')
      .replace(/^--.*$/gm, '')
      .replace(/;\s*$/, ''),
  });
  const sample = (event: string, second: number, measurand: string, value: number | null): object => ({
    event_id: event,
    sample_no: 0,
    cp_id: 'CP-A',
    protocol: 'ocpp1.6',
    event_type: 'meter',
    evse_id: 1,
    connector_id: 1,
    transaction_id: '2',
    sampled_at: `2026-01-02 10:00:0${second}.500`,
    recorded_at: '2026-01-02 10:00:10.000',
    pod: 'edge-test',
    measurand,
    format: 'Raw',
    value,
    unit: 'Wh',
    raw_value: String(value),
  });
  const [first, second, third] = EVENT_IDS;
  const energy = 'Energy.Active.Import.Register';
  for (const values of [
    [sample(first, 1, energy, 1600), sample(second, 2, energy, 1700), sample(third, 3, 'Voltage', null)],
    [sample(first, 1, energy, 1600)],
  ])
    await client.insert({ table: 'meter_samples', values, format: 'JSONEachRow' });
  await client.close();
}
