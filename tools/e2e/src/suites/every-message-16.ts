import { expect } from '@jest/globals';
import { A_CERTIFICATE, CHAIN, ROOT, SIGNER, type Asked, type EveryMessage } from './every-message.cases.ts';

const AT = '2030-01-01T00:00:00.000Z';
const URL_OF_OPERATOR = 'https://files.example.com/image.bin';

const profile = {
  charging_profile_id: 1,
  stack_level: 0,
  purpose: 'TxDefaultProfile',
  kind: 'Absolute',
  schedule: { start_schedule: AT, charging_rate_unit: 'A', periods: [{ start_period: 0, limit: 16.1 }] },
};
const profileEnums = {
  ...profile,
  purpose: 'CHARGING_PROFILE_PURPOSE_TX_DEFAULT_PROFILE',
  kind: 'CHARGING_PROFILE_KIND_ABSOLUTE',
  schedule: { ...profile.schedule, charging_rate_unit: 'CHARGING_RATE_UNIT_A' },
};
const hash = { hash_algorithm: 'SHA256', issuer_name_hash: 'aa', issuer_key_hash: 'bb', serial_number: '01' };

const commands: readonly Asked[] = [
  {
    action: 'CancelReservation',
    command: 'cancel-reservation',
    body: { reservation_id: 5 },
    asks: { reservation_id: 5 },
  },
  {
    action: 'CertificateSigned',
    command: 'certificate-signed',
    body: { certificate_chain: CHAIN },
    asks: { certificate_chain: A_CERTIFICATE },
  },
  {
    action: 'ChangeAvailability',
    command: 'change-availability',
    body: { operative: false, evse_id: 1 },
    asks: { connector_id: 1, type: 'Inoperative' },
  },
  {
    action: 'ChangeConfiguration',
    command: 'change-configuration',
    body: { key: 'HeartbeatInterval', value: '60' },
    asks: { key: 'HeartbeatInterval', value: '60' },
  },
  { action: 'ClearCache', command: 'clear-cache', body: {}, asks: {} },
  {
    action: 'ClearChargingProfile',
    command: 'clear-charging-profile',
    body: { charging_profile_id: 1 },
    asks: { id: 1 },
  },
  {
    action: 'DataTransfer',
    command: 'data-transfer',
    body: { vendor_id: 'com.example', message_id: 'ping', data: 'x' },
    asks: { vendor_id: 'com.example', message_id: 'ping', data: 'x' },
    returns: { data: 'pong' },
  },
  {
    action: 'DeleteCertificate',
    command: 'delete-certificate',
    body: hash,
    enums: { hash_algorithm: 'HASH_ALGORITHM_SHA256' },
    asks: { certificate_hash_data: hash },
  },
  {
    action: 'ExtendedTriggerMessage',
    command: 'extended-trigger-message',
    body: { requested_message: 'LogStatusNotification' },
    enums: { requested_message: 'MESSAGE_TRIGGER_LOG_STATUS_NOTIFICATION' },
    asks: { requested_message: 'LogStatusNotification' },
  },
  {
    action: 'GetCompositeSchedule',
    command: 'get-composite-schedule',
    body: { evse_id: 1, duration: 3600, charging_rate_unit: 'A' },
    enums: { charging_rate_unit: 'CHARGING_RATE_UNIT_A' },
    asks: { connector_id: 1, duration: 3600, charging_rate_unit: 'A' },
    returns: { evse_id: 1, schedule_start: '2026-03-01T10:00:00Z' },
  },
  {
    action: 'GetConfiguration',
    command: 'get-configuration',
    body: { keys: ['NumberOfConnectors', 'NoSuchKey'] },
    asks: { key: ['NumberOfConnectors', 'NoSuchKey'] },
    returns: {
      configuration: [{ key: 'NumberOfConnectors', readonly: true, value: '2' }],
      unknown_keys: ['NoSuchKey'],
    },
  },
  {
    action: 'GetDiagnostics',
    command: 'get-diagnostics',
    body: { location: 'ftp://files.example.com/in' },
    asks: { location: 'ftp://files.example.com/in' },
    returns: { file_name: 'diagnostics.log' },
  },
  {
    action: 'GetInstalledCertificateIds',
    command: 'get-installed-certificate-ids',
    body: { certificate_types: ['CentralSystemRootCertificate'] },
    enums: { certificate_types: ['CERTIFICATE_USE_CENTRAL_SYSTEM_ROOT_CERTIFICATE'] },
    asks: { certificate_type: 'CentralSystemRootCertificate' },
  },
  {
    action: 'GetLocalListVersion',
    command: 'get-local-list-version',
    body: {},
    asks: {},
    returns: { version: 3 },
  },
  {
    action: 'GetLog',
    command: 'get-log',
    body: { log_type: 'SecurityLog', location: 'https://files.example.com/in', ocpp_request_id: 8 },
    enums: { log_type: 'LOG_TYPE_SECURITY_LOG' },
    asks: { log_type: 'SecurityLog', request_id: 8, log: { remote_location: 'https://files.example.com/in' } },
    returns: { file_name: 'security.log', ocpp_request_id: 8 },
  },
  {
    action: 'InstallCertificate',
    command: 'install-certificate',
    body: { certificate_type: 'CentralSystemRootCertificate', certificate: ROOT },
    enums: { certificate_type: 'CERTIFICATE_USE_CENTRAL_SYSTEM_ROOT_CERTIFICATE' },
    asks: { certificate_type: 'CentralSystemRootCertificate', certificate: A_CERTIFICATE },
  },
  {
    action: 'RemoteStartTransaction',
    command: 'remote-start',
    body: { id_token: 'PYEVERY', evse_id: 1 },
    asks: { id_tag: 'PYEVERY', connector_id: 1 },
  },
  {
    action: 'RemoteStopTransaction',
    command: 'remote-stop',
    body: { transaction_id: '12' },
    asks: { transaction_id: 12 },
  },
  {
    action: 'ReserveNow',
    command: 'reserve-now',
    body: { reservation_id: 5, id_token: 'PYEVERY', evse_id: 1, expires_at: AT },
    asks: { reservation_id: 5, id_tag: 'PYEVERY', connector_id: 1, expiry_date: AT },
    returns: { reservation_id: 5 },
  },
  {
    action: 'Reset',
    command: 'reset',
    body: { type: 'Soft' },
    enums: { type: 'RESET_TYPE_SOFT' },
    asks: { type: 'Soft' },
  },
  {
    action: 'SendLocalList',
    command: 'send-local-list',
    body: { version: 4, update_type: 'Full', entries: [{ id_token: 'PYEVERY', status: 'Accepted' }] },
    enums: {
      update_type: 'UPDATE_TYPE_FULL',
      entries: [{ id_token: 'PYEVERY', status: 'LOCAL_LIST_STATUS_ACCEPTED' }],
    },
    asks: {
      list_version: 4,
      update_type: 'Full',
      local_authorization_list: [{ id_tag: 'PYEVERY', id_tag_info: { status: 'Accepted' } }],
    },
  },
  {
    action: 'SetChargingProfile',
    command: 'set-charging-profile',
    body: { evse_id: 1, charging_profile: profile },
    enums: { charging_profile: profileEnums },
    asks: { connector_id: 1, cs_charging_profiles: expect.objectContaining({ charging_profile_id: 1 }) },
  },
  {
    action: 'SignedUpdateFirmware',
    command: 'signed-update-firmware',
    body: {
      ocpp_request_id: 9,
      location: URL_OF_OPERATOR,
      retrieve_at: AT,
      signing_certificate: SIGNER,
      signature: 'c2lnbmF0dXJl',
    },
    asks: {
      request_id: 9,
      firmware: expect.objectContaining({ location: URL_OF_OPERATOR, signature: 'c2lnbmF0dXJl' }),
    },
    returns: { ocpp_request_id: 9 },
  },
  {
    action: 'TriggerMessage',
    command: 'trigger-message',
    body: { requested_message: 'MeterValues', evse_id: 1 },
    enums: { requested_message: 'MESSAGE_TRIGGER_METER_VALUES' },
    asks: { requested_message: 'MeterValues', connector_id: 1 },
  },
  {
    action: 'UnlockConnector',
    command: 'unlock-connector',
    body: { evse_id: 1 },
    asks: { connector_id: 1 },
    status: 'Unlocked',
  },
  {
    action: 'UpdateFirmware',
    command: 'update-firmware',
    body: { location: URL_OF_OPERATOR, retrieve_at: AT, retries: 3 },
    asks: { location: URL_OF_OPERATOR, retrieve_date: AT, retries: 3 },
  },
];

const inbound: EveryMessage['inbound'] = [
  ['Authorize', { id_tag_info: { status: 'Accepted' } }],
  ['BootNotification', { status: 'Accepted', interval: expect.any(Number) }],
  ['DataTransfer', { status: 'UnknownVendorId' }],
  ['DiagnosticsStatusNotification', {}],
  ['FirmwareStatusNotification', {}],
  ['Heartbeat', { current_time: expect.stringMatching(/Z$/) }],
  ['LogStatusNotification', {}],
  ['MeterValues', {}],
  ['SecurityEventNotification', {}],
  ['SignCertificate', { status: 'Accepted' }],
  ['SignedFirmwareStatusNotification', {}],
  ['StartTransaction', { transaction_id: expect.any(Number), id_tag_info: { status: 'Accepted' } }],
  ['StatusNotification', {}],
  ['StopTransaction', {}],
];

/** The 14 actions that a 1.6 charge point sends, the 26 that it answers. */
export const EVERY_MESSAGE_16: EveryMessage = {
  version: 'OCPP 1.6',
  script: 'every_message_16.py',
  cpId: 'PY-EVERY-16',
  inbound,
  commands,
};
