import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { ddlFolder } from '@ocpp-gw/clickhouse';
import { createDatabase, migrate } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';

/** The tables that clickhouse-ingestor fills. */
const TABLES = [
  '0002_connector_status.sql',
  '0003_meter_samples.sql',
  '0004_transaction_events.sql',
  '0014_security_events.sql',
  '0020_station_events.sql',
  '0027_transaction_revisions.sql',
].map((name) => join(ddlFolder, name));

export const EVENT_IDS = [
  '0190a000-0000-7000-8000-000000000001',
  '0190a000-0000-7000-8000-000000000002',
  '0190a000-0000-7000-8000-000000000003',
] as const;

/** Three chargers, three transactions, what CP-A was asked to do, and what CP-B reported of itself. */
export async function seedPostgres(url: string): Promise<void> {
  await migrate({ url, applicationName: 'test' });
  const database = createDatabase({ url, poolSize: 1, applicationName: 'test' });
  await database.start();
  await sqlOf(database).query(`
    INSERT INTO charge_points (cp_id, protocol, vendor, model, firmware_version, registration_status, security_profile)
    VALUES ('CP-A', 'ocpp1.6', 'Acme', 'One', '1.2', 'Accepted', 0),
           ('CP-B', 'ocpp2.0.1', 'Acme', 'Two', '2.3', 'Accepted', 0),
           ('CP-C', NULL, NULL, NULL, NULL, NULL, 0)`);
  await sqlOf(database).query(`
    INSERT INTO connectors (cp_id, evse_id, connector_id, status, status_at)
    VALUES ('CP-A', 1, 1, 'Available', '2026-01-01T00:00:00Z')`);
  await sqlOf(database).query(`
    INSERT INTO transactions (cp_id, protocol, transaction_id, state, start_seen, evse_id, connector_id, started_at,
                              ended_at, meter_start_wh, meter_last_wh, energy_wh, seen_seq_nos, gaps_final, total_cost, cost_amount,
                              cost_currency)
    VALUES ('CP-A', 'ocpp1.6', '1', 'ended', true, 1, 1, '2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z', 100, 1600, 1500,
            '{}', false, NULL, NULL, NULL),
           ('CP-A', 'ocpp1.6', '2', 'active', true, 1, 1, '2026-01-02T10:00:00Z', NULL, 1600, NULL, NULL, '{}', false,
            NULL, NULL, NULL),
           ('CP-B', 'ocpp2.0.1', 'tx-3', 'active', true, 1, 1, '2026-01-03T10:00:00Z', NULL, 0, NULL, NULL, '{[0,2),[3,4)}',
            true, 12.5, '12.50', 'EUR')`);
  for (const row of [
    `INSERT INTO reservations (cp_id, reservation_id, evse_id, id_token, expires_at, state)
     VALUES ('CP-A', 1, 1, 'TAG', '2026-01-01T00:00:00Z', 'active')`,
    `INSERT INTO configuration_keys (cp_id, key, value, readonly, seen_at)
     VALUES ('CP-A', 'HeartbeatInterval', '300', false, '2026-01-01T00:00:00Z')`,
    `INSERT INTO charging_profiles (cp_id, evse_id, charging_profile_id, stack_level, purpose, kind, schedule, set_at)
     VALUES ('CP-A', 1, 5, 0, 'TxDefaultProfile', 'Absolute',
             '{"chargingRateUnit":"A","periods":[{"startPeriod":0,"limit":16}]}', '2026-01-01T00:00:00Z')`,
    `INSERT INTO local_lists (cp_id, version, updated_at) VALUES ('CP-A', 4, '2026-01-01T00:00:00Z')`,
    `INSERT INTO device_variables (cp_id, component, evse_id, variable, attribute_type, value, seen_at)
     VALUES ('CP-B', 'EVSE', 1, 'AvailabilityState', 'Actual', 'Occupied', '2026-01-01T00:00:00Z'),
            ('CP-B', 'EVSE', 2, 'AvailabilityState', 'Actual', 'Available', '2026-01-01T00:00:00Z'),
            ('CP-B', 'OCPPCommCtrlr', 0, 'HeartbeatInterval', 'Actual', '300', '2026-01-01T00:00:00Z')`,
    `INSERT INTO variable_monitors (cp_id, monitor_id, component, variable, type, value, severity, "transaction", seen_at)
     VALUES ('CP-B', 7, 'EVSE', 'Power', 'UpperThreshold', 11, 5, false, '2026-01-01T00:00:00Z')`,
    `INSERT INTO display_messages (cp_id, message_id, message, seen_at)
     VALUES ('CP-B', 3, '{"id":3,"priority":"InFront","message":{"format":"UTF8","content":"Closed"}}',
             '2026-01-01T00:00:00Z')`,
    `INSERT INTO network_profiles (cp_id, configuration_slot, connection, set_at)
     VALUES ('CP-B', 1, '{"ocppVersion":"OCPP20","ocppTransport":"JSON","ocppCsmsUrl":"wss://csms","messageTimeout":30,
             "securityProfile":2,"ocppInterface":"Wired0"}', '2026-01-01T00:00:00Z')`,
    `INSERT INTO charging_limits (cp_id, evse_id, source, set_at) VALUES ('CP-B', 1, 'EMS', '2026-01-01T00:00:00Z')`,
    `INSERT INTO firmware_publications (cp_id, request_id, status) VALUES ('CP-B', 9, 'Published')`,
    `INSERT INTO reports (cp_id, request_id, report, state, last_seq_no, updated_at)
     VALUES ('CP-B', 5, 'DeviceModel', 'collecting', 2, '2026-01-01T00:00:00Z')`,
    `INSERT INTO report_parts (cp_id, request_id, report, seq_no, content_hash, items, generated_at)
     VALUES ('CP-B', 5, 'DeviceModel', 2, 'b', '[{"n":2}]', '2026-01-01T00:00:00Z'),
            ('CP-B', 5, 'DeviceModel', 0, 'a', '[{"n":0},{"n":1}]', '2026-01-01T00:00:00Z')`,
  ])
    await sqlOf(database).query(row);
  await database.stop();
}

/** Three samples, three security events and three of components, one of each delivered twice. */
export async function seedClickHouse(url: string): Promise<void> {
  const server = createClient({ url });
  await server.command({ query: 'CREATE DATABASE IF NOT EXISTS ocpp' });
  await server.close();
  const client = createClient({ url, database: 'ocpp' });
  for (const table of TABLES)
    for (const query of readFileSync(table, 'utf8')
      .replace(/^--.*$/gm, '')
      .split(';\n'))
      if (query.trim() !== '') await client.command({ query });
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
  const occurred = (event: string, second: number): object => ({
    event_id: event,
    cp_id: 'CP-A',
    protocol: 'ocpp1.6',
    occurred_at: `2026-01-02 10:00:0${second}.500`,
    recorded_at: '2026-01-02 10:00:10.000',
  });
  const security = (event: string, second: number, type: string): object => ({ ...occurred(event, second), type });
  const tampered = security(first, 1, 'TamperDetectionActivated');
  for (const values of [
    [tampered, security(second, 2, 'StartupOfTheDevice'), security(third, 2, 'FirmwareUpdated')],
    [tampered],
  ])
    await client.insert({ table: 'security_events', values, format: 'JSONEachRow' });
  const connected = (event: string, second: number, evse: number, status: string): object => ({
    ...occurred(event, second),
    evse_id: evse,
    connector_id: evse,
    status,
    error_code: 'NoError',
  });
  const available = connected(first, 1, 1, 'Available');
  for (const values of [
    [available, connected(second, 2, 1, 'Charging'), connected(third, 2, 2, 'Faulted')],
    [available],
  ])
    await client.insert({ table: 'connector_status', values, format: 'JSONEachRow' });
  const reported = (event: string, second: number, component: string, evse: number): object => ({
    ...occurred(event, second),
    cp_id: 'CP-B',
    protocol: 'ocpp2.0.1',
    component,
    evse_id: evse,
    variable: 'Power',
    actual_value: '22000',
  });
  const heated = reported(first, 1, 'EVSE', 1);
  for (const values of [[heated, reported(second, 2, 'EVSE', 2), reported(third, 2, 'Controller', 0)], [heated]])
    await client.insert({ table: 'station_events', values, format: 'JSONEachRow' });
  await client.close();
}
