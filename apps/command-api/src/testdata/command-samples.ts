import type { TypedKind } from '@ocpp-gw/contracts';
import type { CommandSample } from './command-sample.ts';
import { commandSamplesOf201 } from './command-samples-v201.ts';

const at = '2126-01-31T12:00:00Z';
const later = '2126-02-01T00:00:00+01:00';
const retries = { retries: 0, retry_interval: 60 };
const hash = {
  hash_algorithm: 'SHA384',
  issuer_name_hash: 'aa',
  issuer_key_hash: 'bb',
  serial_number: '0C',
};
const hashMessage = { ...hash, hash_algorithm: 'HASH_ALGORITHM_SHA384' };
const busHash = { hashAlgorithm: 'SHA384', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '0C' } as const;

const schedule = {
  duration: 600,
  start_schedule: at,
  charging_rate_unit: 'A',
  min_charging_rate: 6.1,
  periods: [
    { start_period: 0, limit: 16, number_phases: 1, phase_to_use: 2 },
    { start_period: 60, limit: 0 },
  ],
};
const busSchedule = {
  duration: 600,
  startSchedule: at,
  chargingRateUnit: 'A',
  minChargingRate: 6.1,
  periods: [
    { startPeriod: 0, limit: 16, numberPhases: 1, phaseToUse: 2 },
    { startPeriod: 60, limit: 0 },
  ],
} as const;
const scheduleMessage = { ...schedule, charging_rate_unit: 'CHARGING_RATE_UNIT_A' };

const profile = {
  charging_profile_id: 0,
  stack_level: 0,
  purpose: 'TxProfile',
  kind: 'Recurring',
  recurrency_kind: 'Weekly',
  valid_from: at,
  valid_to: later,
  transaction_id: '12',
  schedule,
  alternatives: [schedule],
};
const busProfile = {
  chargingProfileId: 0,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Recurring',
  recurrencyKind: 'Weekly',
  validFrom: at,
  validTo: later,
  transactionId: '12',
  schedule: busSchedule,
  alternatives: [busSchedule],
} as const;
const profileMessage = {
  ...profile,
  purpose: 'CHARGING_PROFILE_PURPOSE_TX_PROFILE',
  kind: 'CHARGING_PROFILE_KIND_RECURRING',
  recurrency_kind: 'RECURRENCY_KIND_WEEKLY',
  schedule: scheduleMessage,
  alternatives: [scheduleMessage],
};

/** `pem`: one certificate that is a CA, which every check of certificates passes. */
export function commandSamples(pem: string): { [K in TypedKind]: CommandSample<K> } {
  return {
    RemoteStart: {
      body: {
        id_token: 'TAG',
        id_token_type: 'ISO14443',
        group_id_token: 'GROUP',
        evse_id: 2,
        remote_start_id: 7,
        charging_profile: profile,
      },
      message: { charging_profile: profileMessage },
      command: {
        idToken: 'TAG',
        idTokenType: 'ISO14443',
        groupIdToken: 'GROUP',
        evseId: 2,
        remoteStartId: 7,
        chargingProfile: busProfile,
      },
      said: { transactionId: 'tx-1' },
      answer: { remote_start_id: 7, transaction_id: 'tx-1' },
    },
    RemoteStop: { body: { transaction_id: '12' }, command: { transactionId: '12' } },
    Reset: {
      body: { type: 'Hard', evse_id: 2 },
      message: { type: 'RESET_TYPE_HARD' },
      command: { type: 'Hard', evseId: 2 },
    },
    UnlockConnector: { body: { evse_id: 2, connector_id: 1 }, command: { evseId: 2, connectorId: 1 } },
    ChangeAvailability: {
      body: { operative: false, evse_id: 2, connector_id: 1 },
      command: { operative: false, evseId: 2, connectorId: 1 },
    },
    ChangeConfiguration: { body: { key: 'X', value: '' }, command: { key: 'X', value: '' } },
    GetConfiguration: {
      body: { keys: ['A', 'B'] },
      command: { keys: ['A', 'B'] },
      said: { configuration: [{ key: 'A', readonly: true, value: '' }], unknownKeys: ['B'] },
      answer: { configuration: [{ key: 'A', readonly: true, value: '' }], unknown_keys: ['B'] },
    },
    ClearCache: { body: {}, command: {} },
    DataTransfer: {
      body: { vendor_id: 'v', message_id: 'm', data: '' },
      command: { vendorId: 'v', messageId: 'm', data: '' },
      said: { data: '{}' },
      answer: { data: '{}' },
    },
    TriggerMessage: {
      body: { requested_message: 'SignV2GCertificate', evse_id: 1 },
      message: { requested_message: 'MESSAGE_TRIGGER_SIGN_V2G_CERTIFICATE' },
      command: { requestedMessage: 'SignV2GCertificate', evseId: 1 },
    },
    ExtendedTriggerMessage: {
      body: { requested_message: 'SignChargePointCertificate', evse_id: 1 },
      message: { requested_message: 'MESSAGE_TRIGGER_SIGN_CHARGE_POINT_CERTIFICATE' },
      command: { requestedMessage: 'SignChargePointCertificate', evseId: 1 },
    },
    ReserveNow: {
      body: {
        reservation_id: 5,
        id_token: 'TAG',
        id_token_type: 'Central',
        group_id_token: 'GROUP',
        evse_id: 1,
        connector_type: 's309-1P-16A',
        expires_at: at,
      },
      command: {
        reservationId: 5,
        idToken: 'TAG',
        idTokenType: 'Central',
        groupIdToken: 'GROUP',
        evseId: 1,
        connectorType: 's309-1P-16A',
        expiresAt: at,
      },
      answer: { reservation_id: 5 },
    },
    CancelReservation: { body: { reservation_id: 5 }, command: { reservationId: 5 } },
    SendLocalList: {
      body: {
        version: 3,
        update_type: 'Differential',
        entries: [
          {
            id_token: 'A',
            id_token_type: 'eMAID',
            status: 'ConcurrentTx',
            expires_at: later,
            group_id_token: 'G',
          },
          { id_token: 'B' },
        ],
      },
      message: {
        update_type: 'UPDATE_TYPE_DIFFERENTIAL',
        entries: [
          {
            id_token: 'A',
            id_token_type: 'eMAID',
            status: 'LOCAL_LIST_STATUS_CONCURRENT_TX',
            expires_at: later,
            group_id_token: 'G',
          },
          { id_token: 'B' },
        ],
      },
      command: {
        version: 3,
        updateType: 'Differential',
        entries: [
          { idToken: 'A', idTokenType: 'eMAID', status: 'ConcurrentTx', expiresAt: later, groupIdToken: 'G' },
          { idToken: 'B' },
        ],
      },
    },
    GetLocalListVersion: { body: {}, command: {}, said: { version: -1 }, answer: { version: -1 } },
    SetChargingProfile: {
      body: { evse_id: 0, charging_profile: profile },
      message: { charging_profile: profileMessage },
      command: { evseId: 0, chargingProfile: busProfile },
    },
    ClearChargingProfile: {
      body: { charging_profile_id: 0, evse_id: 0, purpose: 'ChargingStationMaxProfile', stack_level: 0 },
      message: { purpose: 'CHARGING_PROFILE_PURPOSE_CHARGING_STATION_MAX_PROFILE' },
      command: { chargingProfileId: 0, evseId: 0, purpose: 'ChargingStationMaxProfile', stackLevel: 0 },
    },
    GetCompositeSchedule: {
      body: { evse_id: 0, duration: 60, charging_rate_unit: 'W' },
      message: { charging_rate_unit: 'CHARGING_RATE_UNIT_W' },
      command: { evseId: 0, duration: 60, chargingRateUnit: 'W' },
      said: { evseId: 0, scheduleStart: at, schedule: busSchedule },
      answer: {
        evse_id: 0,
        schedule_start: at,
        schedule: {
          ...schedule,
          periods: [schedule.periods[0], { ...schedule.periods[1], number_phases: null, phase_to_use: null }],
        },
      },
      reply: { schedule: scheduleMessage },
    },
    GetDiagnostics: {
      body: { ocpp_request_id: 9, location: 'ftp://host/up', oldest: at, latest: later, ...retries },
      command: {
        ocppRequestId: 9,
        location: 'ftp://host/up',
        oldest: at,
        latest: later,
        retries: 0,
        retryInterval: 60,
      },
      said: { fileName: 'd.zip' },
      answer: { ocpp_request_id: 9, file_name: 'd.zip' },
    },
    GetLog: {
      body: {
        log_type: 'SecurityLog',
        ocpp_request_id: 9,
        location: 'sftp://host/up',
        oldest: at,
        latest: later,
        ...retries,
      },
      message: { log_type: 'LOG_TYPE_SECURITY_LOG' },
      command: {
        logType: 'SecurityLog',
        ocppRequestId: 9,
        location: 'sftp://host/up',
        oldest: at,
        latest: later,
        retries: 0,
        retryInterval: 60,
      },
      said: { fileName: 'l.zip' },
      answer: { ocpp_request_id: 9, file_name: 'l.zip' },
    },
    UpdateFirmware: {
      body: { ocpp_request_id: 9, location: 'https://host/fw', retrieve_at: at, ...retries },
      command: { ocppRequestId: 9, location: 'https://host/fw', retrieveAt: at, retries: 0, retryInterval: 60 },
      answer: { ocpp_request_id: 9 },
    },
    SignedUpdateFirmware: {
      body: {
        ocpp_request_id: 9,
        location: 'https://host/fw',
        retrieve_at: at,
        install_at: later,
        signing_certificate: pem,
        signature: 'c2lnbmVk',
        ...retries,
      },
      command: {
        ocppRequestId: 9,
        location: 'https://host/fw',
        retrieveAt: at,
        installAt: later,
        signingCertificate: pem,
        signature: 'c2lnbmVk',
        retries: 0,
        retryInterval: 60,
      },
      answer: { ocpp_request_id: 9 },
    },
    InstallCertificate: {
      body: { certificate_type: 'MORootCertificate', certificate: pem },
      message: { certificate_type: 'CERTIFICATE_USE_MO_ROOT_CERTIFICATE' },
      command: { certificateType: 'MORootCertificate', certificate: pem },
    },
    DeleteCertificate: {
      body: hash,
      message: { hash_algorithm: 'HASH_ALGORITHM_SHA384' },
      command: busHash,
    },
    GetInstalledCertificateIds: {
      body: { certificate_types: ['CentralSystemRootCertificate', 'V2GCertificateChain'] },
      message: {
        certificate_types: ['CERTIFICATE_USE_CENTRAL_SYSTEM_ROOT_CERTIFICATE', 'CERTIFICATE_USE_V2G_CERTIFICATE_CHAIN'],
      },
      command: { certificateTypes: ['CentralSystemRootCertificate', 'V2GCertificateChain'] },
      said: { certificates: [{ ...busHash, certificateType: 'V2GCertificateChain' }, busHash] },
      answer: {
        certificates: [
          { ...hash, certificate_type: 'V2GCertificateChain' },
          { ...hash, certificate_type: null },
        ],
      },
      reply: {
        certificates: [{ ...hashMessage, certificate_type: 'CERTIFICATE_USE_V2G_CERTIFICATE_CHAIN' }, hashMessage],
      },
    },
    CertificateSigned: {
      body: { certificate_chain: pem, certificate_type: 'V2GCertificate' },
      message: { certificate_type: 'CERTIFICATE_SIGNING_USE_V2G_CERTIFICATE' },
      command: { certificateChain: pem, certificateType: 'V2GCertificate' },
    },
    ...commandSamplesOf201,
  };
}
