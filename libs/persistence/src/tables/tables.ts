import { table } from './column.ts';

/**
 * The tables that this library reads and writes by their columns, as the migrations leave them; `tables.int.spec.ts` compares the two. Columns that
 * nobody writes any more are left out.
 */
export const TABLES = {
  availability: table(
    `cp_id text, evse_id integer, connector_id integer, operative boolean, scheduled boolean,
      changed_at timestamptz`,
    ['cp_id', 'evse_id', 'connector_id'],
  ),
  bulk_command_items: table(
    `bulk_id uuid, position integer, cp_id text, state text, command_id uuid?, problem text?, ended_at timestamptz?`,
    ['bulk_id', 'position'],
  ),
  bulk_commands: table(
    `bulk_id uuid, command text, request jsonb, selection jsonb, rate_per_s double precision, max_failures integer?,
      timeout_s double precision, caller text, request_id text, state text, created_at timestamptz,
      ended_at timestamptz?, leased_until timestamptz`,
    ['bulk_id'],
  ),
  certificate_signings: table(
    `id bigint, cp_id text, csr text, csr_hash text, certificate_type text?, public_key text?, common_name text?,
      refusal text?, state text, certificate_chain text?, requested_at timestamptz, settled_at timestamptz?`,
    ['cp_id', 'csr_hash'],
  ),
  charge_points: table(
    `cp_id text, protocol text?, vendor text?, model text?, serial_number text?, firmware_version text?,
      iccid text?, imsi text?, registration_status text?, security_profile smallint, password_hash text?,
      offered_password_hash text?, offered_security_profile smallint?, tolerance text?, assume_ocpp16 boolean,
      server_ping boolean, last_boot_at timestamptz?, last_seen_at timestamptz?, created_at timestamptz,
      updated_at timestamptz, tags jsonb, retired_at timestamptz?, time_zone text?, recorded_until timestamptz?`,
    ['lower(cp_id)'],
  ),
  charging_limits: table(
    'cp_id text, evse_id integer, source text, grid_critical boolean?, schedules jsonb?, set_at timestamptz',
    ['cp_id', 'evse_id', 'source'],
  ),
  charging_profiles: table(
    `cp_id text, evse_id integer, charging_profile_id integer, stack_level integer, purpose text, kind text,
      recurrency_kind text?, valid_from timestamptz?, valid_to timestamptz?, transaction_id text?, source text,
      schedule jsonb, alternatives jsonb?, set_at timestamptz`,
    ['cp_id', 'charging_profile_id'],
  ),
  commands: table(
    `command_id uuid, cp_id text, command text, action text?, request jsonb, caller text, request_id text,
      idempotency_key text?, body_hash text?, state text, queued_at timestamptz, deadline timestamptz,
      taken_at timestamptz?, sent_at timestamptz?, ended_at timestamptz?, late boolean, outcome jsonb?`,
    ['command_id'],
  ),
  configuration_keys: table(
    'cp_id text, key text, value text?, readonly boolean?, reboot_required boolean, seen_at timestamptz',
    ['cp_id', 'lower(key)'],
  ),
  connectors: table(
    `cp_id text, evse_id integer, connector_id integer, status text, error_code text?, info text?,
      vendor_id text?, vendor_error_code text?, status_at timestamptz, received_at timestamptz`,
    ['cp_id', 'evse_id', 'connector_id'],
  ),
  device_variables: table(
    `cp_id text, component text, component_instance text, evse_id integer, connector_id integer, variable text,
      variable_instance text, attribute_type text, value text?, mutability text?, persistent boolean?,
      constant boolean?, characteristics jsonb?, reboot_required boolean, seen_at timestamptz`,
    [
      'cp_id',
      'lower(component)',
      'lower(component_instance)',
      'evse_id',
      'connector_id',
      'lower(variable)',
      'lower(variable_instance)',
      'attribute_type',
    ],
  ),
  display_messages: table('cp_id text, message_id integer, message jsonb, seen_at timestamptz', [
    'cp_id',
    'message_id',
  ]),
  edge_instances: table('instance_id uuid, pod text, alive_at timestamptz', ['instance_id']),
  finding_looks: table('cp_id text, looked_at timestamptz, newest_at timestamptz?', ['cp_id']),
  findings: table(
    `cp_id text, finding text, finding_id uuid, severity text, first_seen_at timestamptz, last_seen_at timestamptz,
      count integer, details text[], frame_event_ids text[], vendor text?, model text?, firmware_version text?,
      opened_at timestamptz, ended_at timestamptz?`,
    ['cp_id', 'finding'],
  ),
  firmware_publications: table(
    `cp_id text, request_id integer, location text?, checksum text?, status text?, locations text[],
      requested_at timestamptz?, status_at timestamptz?, unpublished_at timestamptz?`,
    ['cp_id', 'request_id'],
  ),
  firmware_updates: table(
    `id bigint, cp_id text, request_id integer?, signed boolean, location text?, retrieve_at timestamptz?,
      install_at timestamptz?, requested_at timestamptz?, status text?, status_at timestamptz?`,
    ['cp_id', 'request_id'],
    'request_id IS NOT NULL',
  ),
  installed_certificates: table(
    `cp_id text, certificate_type text, hash_algorithm text, issuer_name_hash text, issuer_key_hash text,
      serial_number text, certificate text?, seen_at timestamptz`,
    [
      'cp_id',
      'certificate_type',
      'hash_algorithm',
      'lower(issuer_name_hash)',
      'lower(issuer_key_hash)',
      'lower(serial_number)',
    ],
  ),
  latest_notifications: table(
    'cp_id text, subject text, content text?, calls text[], told_at timestamptz?, received_at timestamptz',
    ['cp_id', 'subject'],
  ),
  local_lists: table('cp_id text, version integer, updated_at timestamptz', ['cp_id']),
  log_uploads: table(
    `id bigint, cp_id text, log_type text, request_id integer?, location text?, oldest timestamptz?,
      latest timestamptz?, file_name text?, requested_at timestamptz?, status text?, status_at timestamptz?`,
    ['cp_id', 'request_id'],
    'request_id IS NOT NULL',
  ),
  network_profiles: table('cp_id text, configuration_slot integer, connection jsonb, set_at timestamptz', [
    'cp_id',
    'configuration_slot',
  ]),
  open_connections: table(
    `connection_id text, cp_id text, protocol text, remote_address text, instance_id uuid, opened_at timestamptz, heard_at timestamptz?`,
    ['connection_id'],
  ),
  report_parts: table(
    `cp_id text, request_id integer, report text, seq_no integer, content_hash text, items jsonb,
      generated_at timestamptz, recorded_at timestamptz`,
    ['cp_id', 'request_id', 'report', 'seq_no'],
  ),
  reports: table(
    `cp_id text, request_id integer, report text, state text, last_seq_no integer?, requested_at timestamptz?,
      updated_at timestamptz, completed_at timestamptz?`,
    ['cp_id', 'request_id', 'report'],
  ),
  reservations: table(
    `cp_id text, reservation_id integer, evse_id integer, connector_type text?, id_token text,
      group_id_token text?, expires_at timestamptz, state text, transaction_id text?, created_at timestamptz,
      updated_at timestamptz`,
    ['cp_id', 'reservation_id'],
  ),
  transaction_audits: table(
    'id bigint, at timestamptz, by text, cp_id text, transaction_id text, action text, request jsonb',
    ['id'],
  ),
  transaction_events: table(
    `cp_id text, transaction_id text, seq_no bigint, content_hash text, event_type text, recorded_at timestamptz,
      facts jsonb?`,
    ['cp_id', 'transaction_id', 'seq_no', 'content_hash'],
  ),
  transaction_ledgers: table('cp_id text, version bigint, remote_starts jsonb', ['cp_id']),
  transactions: table(
    `id bigint, cp_id text, transaction_id text, station_transaction_id text?, protocol text, state text,
      start_seen boolean, evse_id integer, connector_id integer, id_token text?, id_token_type text?,
      id_token_status text?, started_at timestamptz, ended_at timestamptz?, meter_start_wh double precision?,
      meter_last_wh double precision?, energy_wh double precision?, energy_reason text?, stop_reason text?,
      charging_state text?, remote_start_id integer?, reservation_id integer?, seen_seq_nos int8multirange,
      gaps_final boolean, messages_in_queue boolean?, total_cost double precision?, cost_amount numeric?,
      cost_currency text?, last_event_at timestamptz?,
      last_heard_at timestamptz?, end_inferred boolean, end_inference text?, suspect_since timestamptz?,
      suspect_reason text?, unassigned_reason text?, assigned_to text?, revision integer, quality text[],
      clock_skew_seconds integer?,
      start_connector_id numeric?, start_id_tag text?, start_timestamp text?, start_meter numeric?, ledger jsonb?,
      created_at timestamptz, updated_at timestamptz`,
    ['cp_id', 'transaction_id'],
  ),
  variable_monitors: table(
    `cp_id text, monitor_id integer, component text, component_instance text, evse_id integer,
      connector_id integer, variable text, variable_instance text, type text, value double precision,
      severity integer, transaction boolean, seen_at timestamptz`,
    ['cp_id', 'monitor_id'],
  ),
  webhook_deliveries: table(
    `id bigint, subscription text, event_id uuid, event_type text, cp_id text, body text, recorded_at timestamptz,
      state text, attempts integer, next_attempt_at timestamptz, last_error text?, last_status integer?,
      created_at timestamptz, delivered_at timestamptz?`,
    ['id'],
  ),
  webhook_subscriptions: table(
    `name text, source text, url text, events text[], ordered boolean, secret text?, previous_secret text?,
      previous_secret_until timestamptz?, state text, state_reason text?, state_changed_at timestamptz,
      created_at timestamptz, updated_at timestamptz`,
    ['name'],
  ),
  webhook_tests: table(
    `id uuid, subscription text, requested_at timestamptz, taken_at timestamptz?, ended_at timestamptz?,
      status integer?, error text?, duration_ms integer?`,
    ['id'],
  ),
};

export type TableName = keyof typeof TABLES;

export type ColumnsOf<Name extends TableName> = (typeof TABLES)[Name]['columns'];
