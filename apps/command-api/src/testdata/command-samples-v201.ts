import type { TypedKind } from '@ocpp-gw/contracts';
import type { CommandSample } from './command-sample.ts';

const at = '2126-01-31T12:00:00Z';
const later = '2126-02-01T00:00:00+01:00';
const checksum = '9E107d9d372bb6826bd81d3542a419d6';
const made = { ocpp_request_id: 9 };

const component = { name: 'Connector', instance: 'a', evse: { id: 1, connector_id: 2 } };
const busComponent = { name: 'Connector', instance: 'a', evse: { id: 1, connectorId: 2 } };
const variable = { name: 'Temperature', instance: 'b' };
/** What is not of an EVSE and has one instance, as asked for and as answered. */
const plain = { component: { name: 'ClockCtrlr' }, variable: { name: 'DateTime' } };
const answered = {
  component: { ...plain.component, instance: null, evse: null },
  variable: { ...plain.variable, instance: null },
};
const componentVariables = [{ component, variable }, { component: plain.component }];
const busComponentVariables = [{ component: busComponent, variable }, { component: plain.component }];

/** One sample of each command that only 2.0.1 has. */
export const commandSamplesOf201 = {
  GetVariables: {
    body: { variables: [{ component, variable, attribute_type: 'MaxSet' }, plain] },
    message: { variables: [{ component, variable, attribute_type: 'ATTRIBUTE_TYPE_MAX_SET' }, plain] },
    command: { variables: [{ component: busComponent, variable, attributeType: 'MaxSet' }, plain] },
    said: {
      variables: [
        { component: busComponent, variable, attributeType: 'MaxSet', status: 'Accepted', attributeValue: '' },
        { ...plain, status: 'UnknownVariable' },
      ],
    },
    answer: {
      variables: [
        { component, variable, attribute_type: 'MaxSet', status: 'Accepted', attribute_value: '' },
        { ...answered, attribute_type: 'Actual', status: 'UnknownVariable', attribute_value: null },
      ],
    },
    reply: {
      variables: [
        { component, variable, attribute_type: 'ATTRIBUTE_TYPE_MAX_SET', status: 'Accepted', attribute_value: '' },
        { ...plain, attribute_type: 'ATTRIBUTE_TYPE_ACTUAL', status: 'UnknownVariable' },
      ],
    },
  },
  SetVariables: {
    body: {
      variables: [
        { component, variable, attribute_type: 'Target', attribute_value: '' },
        { ...plain, attribute_value: '1' },
      ],
    },
    message: {
      variables: [
        { component, variable, attribute_type: 'ATTRIBUTE_TYPE_TARGET', attribute_value: '' },
        { ...plain, attribute_value: '1' },
      ],
    },
    command: {
      variables: [
        { component: busComponent, variable, attributeType: 'Target', attributeValue: '' },
        { ...plain, attributeValue: '1' },
      ],
    },
    said: { variables: [{ component: busComponent, variable, attributeType: 'Target', status: 'RebootRequired' }] },
    answer: { variables: [{ component, variable, attribute_type: 'Target', status: 'RebootRequired' }] },
    reply: { variables: [{ component, variable, attribute_type: 'ATTRIBUTE_TYPE_TARGET', status: 'RebootRequired' }] },
  },
  GetBaseReport: {
    body: { ocpp_request_id: 9, report_base: 'SummaryInventory' },
    message: { report_base: 'REPORT_BASE_SUMMARY_INVENTORY' },
    command: { ocppRequestId: 9, reportBase: 'SummaryInventory' },
    answer: made,
  },
  GetReport: {
    body: {
      ocpp_request_id: 9,
      component_criteria: ['Available', 'Problem'],
      component_variables: componentVariables,
    },
    message: { component_criteria: ['COMPONENT_CRITERION_AVAILABLE', 'COMPONENT_CRITERION_PROBLEM'] },
    command: {
      ocppRequestId: 9,
      componentCriteria: ['Available', 'Problem'],
      componentVariables: busComponentVariables,
    },
    answer: made,
  },
  SetNetworkProfile: {
    body: {
      configuration_slot: 0,
      connection_data: {
        ocpp_version: 'OCPP20',
        ocpp_transport: 'JSON',
        ocpp_csms_url: 'wss://csms/ocpp',
        message_timeout: 30,
        security_profile: 0,
        ocpp_interface: 'Wireless3',
        apn: {
          apn: 'internet',
          apn_user_name: 'u',
          apn_password: 'p',
          sim_pin: 0,
          preferred_network: '26201',
          use_only_preferred_network: false,
          apn_authentication: 'AUTO',
        },
        vpn: { server: 's', user: 'u', group: 'g', password: 'p', key: 'k', type: 'IKEv2' },
      },
    },
    message: {
      connection_data: {
        ocpp_version: 'OCPP_VERSION_OCPP20',
        ocpp_transport: 'OCPP_TRANSPORT_JSON',
        ocpp_csms_url: 'wss://csms/ocpp',
        message_timeout: 30,
        security_profile: 0,
        ocpp_interface: 'OCPP_INTERFACE_WIRELESS3',
        apn: {
          apn: 'internet',
          apn_user_name: 'u',
          apn_password: 'p',
          sim_pin: 0,
          preferred_network: '26201',
          use_only_preferred_network: false,
          apn_authentication: 'APN_AUTHENTICATION_AUTO',
        },
        vpn: { server: 's', user: 'u', group: 'g', password: 'p', key: 'k', type: 'VPN_TYPE_IKEV2' },
      },
    },
    command: {
      configurationSlot: 0,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl: 'wss://csms/ocpp',
        messageTimeout: 30,
        securityProfile: 0,
        ocppInterface: 'Wireless3',
        apn: {
          apn: 'internet',
          apnUserName: 'u',
          apnPassword: 'p',
          simPin: 0,
          preferredNetwork: '26201',
          useOnlyPreferredNetwork: false,
          apnAuthentication: 'AUTO',
        },
        vpn: { server: 's', user: 'u', group: 'g', password: 'p', key: 'k', type: 'IKEv2' },
      },
    },
  },
  GetTransactionStatus: {
    body: { transaction_id: 'tx-1' },
    command: { transactionId: 'tx-1' },
    said: { ongoing: false, messagesInQueue: true },
    answer: { ongoing: false, messages_in_queue: true },
  },
  CostUpdated: {
    body: { transaction_id: 'tx-1', total_cost: 0 },
    command: { transactionId: 'tx-1', totalCost: 0 },
  },
  GetChargingProfiles: {
    body: {
      ocpp_request_id: 9,
      evse_id: 0,
      purpose: 'ChargingStationExternalConstraints',
      stack_level: 0,
      charging_profile_ids: [0, 4],
      charging_limit_sources: ['EMS', 'CSO'],
    },
    message: {
      purpose: 'CHARGING_PROFILE_PURPOSE_CHARGING_STATION_EXTERNAL_CONSTRAINTS',
      charging_limit_sources: ['CHARGING_LIMIT_SOURCE_EMS', 'CHARGING_LIMIT_SOURCE_CSO'],
    },
    command: {
      ocppRequestId: 9,
      evseId: 0,
      purpose: 'ChargingStationExternalConstraints',
      stackLevel: 0,
      chargingProfileIds: [0, 4],
      chargingLimitSources: ['EMS', 'CSO'],
    },
    answer: made,
  },
  PublishFirmware: {
    body: { ocpp_request_id: 9, location: 'https://host/fw', checksum, retries: 0, retry_interval: 60 },
    command: { ocppRequestId: 9, location: 'https://host/fw', checksum, retries: 0, retryInterval: 60 },
    answer: made,
  },
  UnpublishFirmware: { body: { checksum }, command: { checksum } },
  CustomerInformation: {
    body: {
      ocpp_request_id: 9,
      report: true,
      clear: false,
      customer_identifier: 'c',
      id_token: 'TAG',
      id_token_type: 'KeyCode',
      customer_certificate: {
        hash_algorithm: 'SHA512',
        issuer_name_hash: 'aa',
        issuer_key_hash: 'bb',
        serial_number: '0C',
      },
    },
    message: {
      customer_certificate: {
        hash_algorithm: 'HASH_ALGORITHM_SHA512',
        issuer_name_hash: 'aa',
        issuer_key_hash: 'bb',
        serial_number: '0C',
      },
    },
    command: {
      ocppRequestId: 9,
      report: true,
      clear: false,
      customerIdentifier: 'c',
      idToken: 'TAG',
      idTokenType: 'KeyCode',
      customerCertificate: {
        hashAlgorithm: 'SHA512',
        issuerNameHash: 'aa',
        issuerKeyHash: 'bb',
        serialNumber: '0C',
      },
    },
    answer: made,
  },
  GetMonitoringReport: {
    body: {
      ocpp_request_id: 9,
      monitoring_criteria: ['ThresholdMonitoring', 'PeriodicMonitoring'],
      component_variables: componentVariables,
    },
    message: {
      monitoring_criteria: ['MONITORING_CRITERION_THRESHOLD_MONITORING', 'MONITORING_CRITERION_PERIODIC_MONITORING'],
    },
    command: {
      ocppRequestId: 9,
      monitoringCriteria: ['ThresholdMonitoring', 'PeriodicMonitoring'],
      componentVariables: busComponentVariables,
    },
    answer: made,
  },
  SetMonitoringBase: {
    body: { monitoring_base: 'HardWiredOnly' },
    message: { monitoring_base: 'MONITORING_BASE_HARD_WIRED_ONLY' },
    command: { monitoringBase: 'HardWiredOnly' },
  },
  SetMonitoringLevel: { body: { severity: 0 }, command: { severity: 0 } },
  SetVariableMonitoring: {
    body: {
      monitors: [
        { id: 0, transaction: false, value: -1.5, type: 'LowerThreshold', severity: 0, component, variable },
        { value: 900, type: 'PeriodicClockAligned', severity: 9, ...plain },
      ],
    },
    message: {
      monitors: [
        {
          id: 0,
          transaction: false,
          value: -1.5,
          type: 'MONITOR_TYPE_LOWER_THRESHOLD',
          severity: 0,
          component,
          variable,
        },
        { value: 900, type: 'MONITOR_TYPE_PERIODIC_CLOCK_ALIGNED', severity: 9, ...plain },
      ],
    },
    command: {
      monitors: [
        {
          id: 0,
          transaction: false,
          value: -1.5,
          type: 'LowerThreshold',
          severity: 0,
          component: busComponent,
          variable,
        },
        { value: 900, type: 'PeriodicClockAligned', severity: 9, ...plain },
      ],
    },
    said: {
      monitors: [
        { id: 0, status: 'Accepted', type: 'LowerThreshold', severity: 1, component: busComponent, variable },
        { status: 'Rejected', type: 'PeriodicClockAligned', severity: 9, ...plain },
      ],
    },
    answer: {
      monitors: [
        { id: 0, status: 'Accepted', type: 'LowerThreshold', severity: 1, component, variable },
        { id: null, status: 'Rejected', type: 'PeriodicClockAligned', severity: 9, ...answered },
      ],
    },
    reply: {
      monitors: [
        { id: 0, status: 'Accepted', type: 'MONITOR_TYPE_LOWER_THRESHOLD', severity: 1, component, variable },
        { status: 'Rejected', type: 'MONITOR_TYPE_PERIODIC_CLOCK_ALIGNED', severity: 9, ...plain },
      ],
    },
  },
  ClearVariableMonitoring: {
    body: { ids: [0, 12] },
    command: { ids: [0, 12] },
    said: { monitors: [{ id: 12, status: 'NotFound' }] },
    answer: { monitors: [{ id: 12, status: 'NotFound' }] },
  },
  SetDisplayMessage: {
    body: {
      message: {
        id: 0,
        priority: 'AlwaysFront',
        state: 'Charging',
        start_date_time: at,
        end_date_time: later,
        transaction_id: 'tx-1',
        message: { format: 'UTF8', language: 'en', content: 'Hello' },
        display: component,
      },
    },
    message: {
      message: {
        id: 0,
        priority: 'MESSAGE_PRIORITY_ALWAYS_FRONT',
        state: 'MESSAGE_STATE_CHARGING',
        start_date_time: at,
        end_date_time: later,
        transaction_id: 'tx-1',
        message: { format: 'MESSAGE_FORMAT_UTF8', language: 'en', content: 'Hello' },
        display: component,
      },
    },
    command: {
      message: {
        id: 0,
        priority: 'AlwaysFront',
        state: 'Charging',
        startDateTime: at,
        endDateTime: later,
        transactionId: 'tx-1',
        message: { format: 'UTF8', language: 'en', content: 'Hello' },
        display: busComponent,
      },
    },
  },
  GetDisplayMessages: {
    body: { ocpp_request_id: 9, ids: [0, 3], priority: 'InFront', state: 'Idle' },
    message: { priority: 'MESSAGE_PRIORITY_IN_FRONT', state: 'MESSAGE_STATE_IDLE' },
    command: { ocppRequestId: 9, ids: [0, 3], priority: 'InFront', state: 'Idle' },
    answer: made,
  },
  ClearDisplayMessage: { body: { id: 0 }, command: { id: 0 } },
} as const satisfies { [K in TypedKind]?: CommandSample<K> };
