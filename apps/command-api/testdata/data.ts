import { readFileSync } from 'node:fs';
import { createClient } from '@clickhouse/client';
import { createDatabase, migrate } from '@ocpp-gw/persistence';

/** The table contract with clickhouse-ingestor: its own DDL. */
const TABLES = ['0003_meter_samples.sql', '0014_security_events.sql'].map(
  (name) => new URL(`../../clickhouse-ingestor/ddl/${name}`, import.meta.url),
);

export const EVENT_IDS = [
  '0190a000-0000-7000-8000-000000000001',
  '0190a000-0000-7000-8000-000000000002',
  '0190a000-0000-7000-8000-000000000003',
] as const;

/** Three chargers, three transactions, and what CP-A was asked to do. */
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
  for (const row of [
    `INSERT INTO reservations (cp_id, reservation_id, evse_id, id_token, expires_at, state)
     VALUES ('CP-A', 1, 1, 'TAG', '2026-01-01T00:00:00Z', 'active')`,
    `INSERT INTO configuration_keys (cp_id, key, value, readonly, seen_at)
     VALUES ('CP-A', 'HeartbeatInterval', '300', false, '2026-01-01T00:00:00Z')`,
    `INSERT INTO charging_profiles (cp_id, evse_id, charging_profile_id, stack_level, purpose, kind, schedule, set_at)
     VALUES ('CP-A', 1, 5, 0, 'TxDefaultProfile', 'Absolute',
             '{"chargingRateUnit":"A","periods":[{"startPeriod":0,"limit":16}]}', '2026-01-01T00:00:00Z')`,
    `INSERT INTO local_lists (cp_id, version, updated_at) VALUES ('CP-A', 4, '2026-01-01T00:00:00Z')`,
  ])
    await database.query(row);
  await database.stop();
}

/** Three samples and three security events, one of each delivered twice. */
export async function seedClickHouse(url: string): Promise<void> {
  const server = createClient({ url });
  await server.command({ query: 'CREATE DATABASE IF NOT EXISTS ocpp' });
  await server.close();
  const client = createClient({ url, database: 'ocpp' });
  for (const table of TABLES)
    await client.command({
      query: readFileSync(table, 'utf8')
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
  const occurred = (event: string, second: number, type: string): object => ({
    event_id: event,
    cp_id: 'CP-A',
    protocol: 'ocpp1.6',
    occurred_at: `2026-01-02 10:00:0${second}.500`,
    recorded_at: '2026-01-02 10:00:10.000',
    type,
  });
  const tampered = occurred(first, 1, 'TamperDetectionActivated');
  for (const values of [
    [tampered, occurred(second, 2, 'StartupOfTheDevice'), occurred(third, 2, 'FirmwareUpdated')],
    [tampered],
  ])
    await client.insert({ table: 'security_events', values, format: 'JSONEachRow' });
  await client.close();
}
