import { expect } from '@jest/globals';
import { A_CERTIFICATE, CHAIN, ROOT, SIGNER, type Asked, type EveryMessage } from './every-message.cases.ts';

const AT = '2030-01-01T00:00:00.000Z';
const URL_OF_OPERATOR = 'https://files.example.com/image.bin';
const CHECKSUM = 'd41d8cd98f00b204e9800998ecf8427e';

const component = { name: 'OCPPCommCtrlr' };
const variable = { name: 'HeartbeatInterval' };
const hash = { hash_algorithm: 'SHA256', issuer_name_hash: 'aa', issuer_key_hash: 'bb', serial_number: '01' };
const token = { id_token: 'PYEVERY', type: 'ISO14443' };
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
const monitor = { value: 5, type: 'UpperThreshold', severity: 5, component, variable };
const connection = {
  ocpp_version: 'OCPP20',
  ocpp_transport: 'JSON',
  ocpp_csms_url: 'wss://csms.example.com/ocpp',
  message_timeout: 30,
  security_profile: 2,
  ocpp_interface: 'Wired0',
};
const message = { id: 3, priority: 'InFront', message: { format: 'UTF8', content: 'Hello' } };

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
    body: { operative: false, evse_id: 1, connector_id: 1 },
    asks: { operational_status: 'Inoperative', evse: { id: 1, connector_id: 1 } },
  },
  { action: 'ClearCache', command: 'clear-cache', body: {}, asks: {} },
  {
    action: 'ClearChargingProfile',
    command: 'clear-charging-profile',
    body: { charging_profile_id: 1 },
    asks: { charging_profile_id: 1 },
  },
  { action: 'ClearDisplayMessage', command: 'clear-display-message', body: { id: 3 }, asks: { id: 3 } },
  {
    action: 'ClearVariableMonitoring',
    command: 'clear-variable-monitoring',
    body: { ids: [11] },
    asks: { id: [11] },
    returns: { monitors: [{ id: 11, status: 'Accepted' }] },
  },
  {
    action: 'CostUpdated',
    command: 'cost-updated',
    body: { transaction_id: 'tx-1', total_cost: 1.25 },
    asks: { transaction_id: 'tx-1', total_cost: 1.25 },
  },
  {
    action: 'CustomerInformation',
    command: 'customer-information',
    body: { ocpp_request_id: 31, report: true, clear: false, customer_identifier: 'somebody' },
    asks: { request_id: 31, report: true, clear: false, customer_identifier: 'somebody' },
    returns: { ocpp_request_id: 31 },
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
    action: 'GetBaseReport',
    command: 'get-base-report',
    body: { ocpp_request_id: 32, report_base: 'FullInventory' },
    enums: { report_base: 'REPORT_BASE_FULL_INVENTORY' },
    asks: { request_id: 32, report_base: 'FullInventory' },
    returns: { ocpp_request_id: 32 },
  },
  {
    action: 'GetChargingProfiles',
    command: 'get-charging-profiles',
    body: { ocpp_request_id: 33, evse_id: 1, stack_level: 0 },
    asks: { request_id: 33, evse_id: 1, charging_profile: { stack_level: 0 } },
  },
  {
    action: 'GetCompositeSchedule',
    command: 'get-composite-schedule',
    body: { evse_id: 1, duration: 3600, charging_rate_unit: 'A' },
    enums: { charging_rate_unit: 'CHARGING_RATE_UNIT_A' },
    asks: { evse_id: 1, duration: 3600, charging_rate_unit: 'A' },
    returns: { evse_id: 1, schedule_start: '2026-03-01T10:00:00Z' },
  },
  {
    action: 'GetDisplayMessages',
    command: 'get-display-messages',
    body: { ocpp_request_id: 34, ids: [3] },
    asks: { request_id: 34, id: [3] },
  },
  {
    action: 'GetInstalledCertificateIds',
    command: 'get-installed-certificate-ids',
    body: { certificate_types: ['CentralSystemRootCertificate', 'ManufacturerRootCertificate'] },
    enums: {
      certificate_types: [
        'CERTIFICATE_USE_CENTRAL_SYSTEM_ROOT_CERTIFICATE',
        'CERTIFICATE_USE_MANUFACTURER_ROOT_CERTIFICATE',
      ],
    },
    asks: { certificate_type: ['CSMSRootCertificate', 'ManufacturerRootCertificate'] },
  },
  { action: 'GetLocalListVersion', command: 'get-local-list-version', body: {}, asks: {}, returns: { version: 3 } },
  {
    action: 'GetLog',
    command: 'get-log',
    body: { log_type: 'SecurityLog', location: 'https://files.example.com/in', ocpp_request_id: 8 },
    enums: { log_type: 'LOG_TYPE_SECURITY_LOG' },
    asks: { log_type: 'SecurityLog', request_id: 8, log: { remote_location: 'https://files.example.com/in' } },
    returns: { file_name: 'security.log', ocpp_request_id: 8 },
  },
  {
    action: 'GetMonitoringReport',
    command: 'get-monitoring-report',
    body: { ocpp_request_id: 35, monitoring_criteria: ['DeltaMonitoring'] },
    enums: { monitoring_criteria: ['MONITORING_CRITERION_DELTA_MONITORING'] },
    asks: { request_id: 35, monitoring_criteria: ['DeltaMonitoring'] },
  },
  {
    action: 'GetReport',
    command: 'get-report',
    body: { ocpp_request_id: 36, component_variables: [{ component, variable }] },
    asks: { request_id: 36, component_variable: [{ component, variable }] },
  },
  {
    action: 'GetTransactionStatus',
    command: 'get-transaction-status',
    body: { transaction_id: 'PY-EVERY-201-tx' },
    asks: { transaction_id: 'PY-EVERY-201-tx' },
  },
  {
    action: 'GetVariables',
    command: 'get-variables',
    body: { variables: [{ component, variable }] },
    asks: { get_variable_data: [{ component, variable }] },
    returns: { variables: [expect.objectContaining({ status: 'Accepted', attribute_value: '300' })] },
  },
  {
    action: 'InstallCertificate',
    command: 'install-certificate',
    body: { certificate_type: 'CentralSystemRootCertificate', certificate: ROOT },
    enums: { certificate_type: 'CERTIFICATE_USE_CENTRAL_SYSTEM_ROOT_CERTIFICATE' },
    asks: { certificate_type: 'CSMSRootCertificate', certificate: A_CERTIFICATE },
  },
  {
    action: 'PublishFirmware',
    command: 'publish-firmware',
    body: { ocpp_request_id: 37, location: URL_OF_OPERATOR, checksum: CHECKSUM },
    asks: { request_id: 37, location: URL_OF_OPERATOR, checksum: CHECKSUM },
  },
  {
    action: 'RequestStartTransaction',
    command: 'remote-start',
    body: { id_token: 'PYEVERY', id_token_type: 'ISO14443', evse_id: 1, remote_start_id: 38 },
    asks: { id_token: token, evse_id: 1, remote_start_id: 38 },
    returns: { remote_start_id: 38 },
  },
  {
    action: 'RequestStopTransaction',
    command: 'remote-stop',
    body: { transaction_id: 'tx-1' },
    asks: { transaction_id: 'tx-1' },
  },
  {
    action: 'ReserveNow',
    command: 'reserve-now',
    body: { reservation_id: 5, id_token: 'PYEVERY', id_token_type: 'ISO14443', evse_id: 1, expires_at: AT },
    asks: { id: 5, id_token: token, evse_id: 1, expiry_date_time: AT },
    returns: { reservation_id: 5 },
  },
  {
    action: 'Reset',
    command: 'reset',
    body: { type: 'Soft', evse_id: 1 },
    enums: { type: 'RESET_TYPE_SOFT' },
    asks: { type: 'OnIdle', evse_id: 1 },
  },
  {
    action: 'SendLocalList',
    command: 'send-local-list',
    body: {
      version: 4,
      update_type: 'Full',
      entries: [{ id_token: 'PYEVERY', id_token_type: 'ISO14443', status: 'Accepted' }],
    },
    enums: {
      update_type: 'UPDATE_TYPE_FULL',
      entries: [{ id_token: 'PYEVERY', id_token_type: 'ISO14443', status: 'LOCAL_LIST_STATUS_ACCEPTED' }],
    },
    asks: {
      version_number: 4,
      update_type: 'Full',
      local_authorization_list: [{ id_token: token, id_token_info: { status: 'Accepted' } }],
    },
  },
  {
    action: 'SetChargingProfile',
    command: 'set-charging-profile',
    body: { evse_id: 1, charging_profile: profile },
    enums: { charging_profile: profileEnums },
    asks: { evse_id: 1, charging_profile: expect.objectContaining({ id: 1, stack_level: 0 }) },
  },
  {
    action: 'SetDisplayMessage',
    command: 'set-display-message',
    body: { message },
    enums: {
      message: {
        ...message,
        priority: 'MESSAGE_PRIORITY_IN_FRONT',
        message: { format: 'MESSAGE_FORMAT_UTF8', content: 'Hello' },
      },
    },
    asks: { message },
  },
  {
    action: 'SetMonitoringBase',
    command: 'set-monitoring-base',
    body: { monitoring_base: 'All' },
    enums: { monitoring_base: 'MONITORING_BASE_ALL' },
    asks: { monitoring_base: 'All' },
  },
  { action: 'SetMonitoringLevel', command: 'set-monitoring-level', body: { severity: 4 }, asks: { severity: 4 } },
  {
    action: 'SetNetworkProfile',
    command: 'set-network-profile',
    body: { configuration_slot: 1, connection_data: connection },
    enums: {
      connection_data: {
        ...connection,
        ocpp_version: 'OCPP_VERSION_OCPP20',
        ocpp_transport: 'OCPP_TRANSPORT_JSON',
        ocpp_interface: 'OCPP_INTERFACE_WIRED0',
      },
    },
    asks: { configuration_slot: 1, connection_data: connection },
  },
  {
    action: 'SetVariableMonitoring',
    command: 'set-variable-monitoring',
    body: { monitors: [monitor] },
    enums: { monitors: [{ ...monitor, type: 'MONITOR_TYPE_UPPER_THRESHOLD' }] },
    asks: { set_monitoring_data: [monitor] },
    returns: { monitors: [expect.objectContaining({ id: 11, status: 'Accepted' })] },
  },
  {
    action: 'SetVariables',
    command: 'set-variables',
    body: { variables: [{ component, variable, attribute_value: '60' }] },
    asks: { set_variable_data: [{ component, variable, attribute_value: '60' }] },
    returns: { variables: [expect.objectContaining({ status: 'Accepted' })] },
  },
  {
    action: 'TriggerMessage',
    command: 'trigger-message',
    body: { requested_message: 'MeterValues', evse_id: 1 },
    enums: { requested_message: 'MESSAGE_TRIGGER_METER_VALUES' },
    asks: { requested_message: 'MeterValues', evse: { id: 1 } },
  },
  {
    action: 'UnlockConnector',
    command: 'unlock-connector',
    body: { evse_id: 1, connector_id: 1 },
    asks: { evse_id: 1, connector_id: 1 },
    status: 'Unlocked',
  },
  {
    action: 'UnpublishFirmware',
    command: 'unpublish-firmware',
    body: { checksum: CHECKSUM },
    asks: { checksum: CHECKSUM },
    status: 'Unpublished',
  },
  {
    action: 'UpdateFirmware',
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
];

const inbound: EveryMessage['inbound'] = [
  ['Authorize', { id_token_info: { status: 'Accepted' } }],
  ['BootNotification', { status: 'Accepted', interval: expect.any(Number) }],
  ['ClearedChargingLimit', {}],
  ['DataTransfer', { status: 'UnknownVendorId' }],
  ['FirmwareStatusNotification', {}],
  ['Get15118EVCertificate', { status: 'Failed', status_info: { reason_code: expect.any(String) } }],
  ['GetCertificateStatus', { status: 'Failed', status_info: { reason_code: expect.any(String) } }],
  ['Heartbeat', { current_time: expect.stringMatching(/Z$/) }],
  ['LogStatusNotification', {}],
  ['MeterValues', {}],
  ['NotifyChargingLimit', {}],
  ['NotifyCustomerInformation', {}],
  ['NotifyDisplayMessages', {}],
  // No backend has declared that it makes schedules.
  ['NotifyEVChargingNeeds', { status: 'Rejected' }],
  ['NotifyEVChargingSchedule', { status: 'Accepted' }],
  ['NotifyEvent', {}],
  ['NotifyMonitoringReport', {}],
  ['NotifyReport', {}],
  ['PublishFirmwareStatusNotification', {}],
  ['ReportChargingProfiles', {}],
  ['ReservationStatusUpdate', {}],
  ['SecurityEventNotification', {}],
  ['SignCertificate', { status: 'Accepted' }],
  ['StatusNotification', {}],
  ['TransactionEvent', { id_token_info: { status: 'Accepted' } }],
];

/** The 25 actions that a 2.0.1 station sends, the 40 that it answers. */
export const EVERY_MESSAGE_201: EveryMessage = {
  version: 'OCPP 2.0.1',
  script: 'every_message_201.py',
  cpId: 'PY-EVERY-201',
  inbound,
  commands,
};
