import type { Command, CommandKind, CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateRequest } from '../validate.ts';
import { outboundActions, translate } from './table.ts';

/** Mostly what can be meant, sometimes what cannot. */
const id = fc.oneof({ arbitrary: fc.nat({ max: 99 }), weight: 9 }, fc.maxSafeInteger(), fc.double({ noNaN: true }));
const token = fc.oneof({ arbitrary: fc.string({ maxLength: 20 }), weight: 9 }, fc.string({ maxLength: 600 }));
const time = fc.oneof(
  { arbitrary: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), weight: 9 },
  fc.string(),
);
const isoTime = time.map((moment) => (typeof moment === 'string' ? moment : moment.toISOString()));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });
const idTokenType = maybe(fc.constantFrom('Central', 'ISO14443', 'Nonsense'));
const purpose = fc.constantFrom(
  'ChargingStationExternalConstraints',
  'ChargingStationMaxProfile',
  'TxDefaultProfile',
  'TxProfile',
);
const certificateType = fc.constantFrom(
  'CentralSystemRootCertificate',
  'ManufacturerRootCertificate',
  'V2GRootCertificate',
  'MORootCertificate',
);
const message = fc.oneof(
  fc.constantFrom('Heartbeat', 'MeterValues', 'StatusNotification', 'SignChargePointCertificate'),
  fc.string(),
);
const schedule = fc.record({
  duration: maybe(id),
  startSchedule: maybe(isoTime),
  chargingRateUnit: fc.constantFrom('A' as const, 'W' as const),
  minChargingRate: maybe(id),
  periods: fc.oneof(
    fc.constant([{ startPeriod: 0, limit: 16 }]),
    few(fc.record({ startPeriod: id, limit: id, numberPhases: maybe(id), phaseToUse: maybe(id) })),
  ),
});
const chargingProfile = fc.record({
  chargingProfileId: id,
  stackLevel: id,
  purpose,
  kind: fc.constantFrom('Absolute', 'Recurring', 'Relative'),
  recurrencyKind: maybe(fc.constantFrom('Daily', 'Weekly')),
  validFrom: maybe(isoTime),
  validTo: maybe(isoTime),
  transactionId: maybe(token),
  schedule,
  alternatives: maybe(few(schedule)),
});
const retries = { retries: maybe(id), retryInterval: maybe(id) };
const request = { ocppRequestId: id };
const hash = {
  hashAlgorithm: fc.constantFrom('SHA256' as const, 'SHA384' as const, 'SHA512' as const),
  issuerNameHash: token,
  issuerKeyHash: token,
  serialNumber: token,
};
const component = fc.record({
  name: fc.oneof(fc.constant('SecurityCtrlr'), token),
  instance: maybe(token),
  evse: maybe(fc.record({ id, connectorId: maybe(id) })),
});
const variable = fc.record({ name: fc.oneof(fc.constant('BasicAuthPassword'), token), instance: maybe(token) });
const attributeType = maybe(fc.constantFrom('Actual', 'Target', 'MinSet', 'MaxSet'));
const componentVariables = maybe(few(fc.record({ component, variable: maybe(variable) })));
const key = fc.oneof(fc.constantFrom('AuthorizationKey', 'HeartbeatInterval', 'Vendor.Setting'), token);

/** With any text where the caller may name one of a few: what is sent is checked, wherever it came from. */
type Loose<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Loose<Item>[]
    : T extends object
      ? { [F in keyof T]: Loose<T[F]> }
      : T;
type Fields<K extends CommandKind> = fc.Arbitrary<Loose<Omit<CommandOf<K>, 'kind'>>>;
const fields: { readonly [K in CommandKind]: Fields<K> } = {
  RemoteStart: fc.record({
    idToken: token,
    idTokenType,
    evseId: maybe(id),
    remoteStartId: id,
    chargingProfile: maybe(chargingProfile),
    groupIdToken: maybe(token),
  }),
  RemoteStop: fc.record({ transactionId: token }),
  Reset: fc.record({ type: fc.constantFrom('Soft', 'Hard'), evseId: maybe(id) }),
  UnlockConnector: fc.record({ evseId: id, connectorId: maybe(id) }),
  ChangeAvailability: fc.record({ operative: fc.boolean(), evseId: maybe(id), connectorId: maybe(id) }),
  ChangeConfiguration: fc.record({ key, value: token }),
  GetConfiguration: fc.record({ keys: maybe(few(key)) }),
  ClearCache: fc.record({}),
  DataTransfer: fc.record({ vendorId: token, messageId: maybe(token), data: maybe(token) }),
  TriggerMessage: fc.record({ requestedMessage: message, evseId: maybe(id) }),
  ExtendedTriggerMessage: fc.record({ requestedMessage: message, evseId: maybe(id) }),
  ReserveNow: fc.record({
    reservationId: id,
    idToken: token,
    idTokenType,
    groupIdToken: maybe(token),
    evseId: maybe(id),
    connectorType: maybe(fc.constantFrom('cType2', 'Nonsense')),
    expiresAt: isoTime,
  }),
  CancelReservation: fc.record({ reservationId: id }),
  SendLocalList: fc.record({
    version: id,
    updateType: fc.constantFrom('Full', 'Differential'),
    entries: maybe(
      few(
        fc.record({
          idToken: token,
          idTokenType,
          status: maybe(fc.constantFrom('Accepted', 'Blocked')),
          expiresAt: maybe(isoTime),
          groupIdToken: maybe(token),
        }),
      ),
    ),
  }),
  GetLocalListVersion: fc.record({}),
  SetChargingProfile: fc.record({ evseId: id, chargingProfile }),
  ClearChargingProfile: fc.record({
    chargingProfileId: maybe(id),
    evseId: maybe(id),
    purpose: maybe(purpose),
    stackLevel: maybe(id),
  }),
  GetCompositeSchedule: fc.record({
    evseId: id,
    duration: id,
    chargingRateUnit: maybe(fc.constantFrom('A', 'W')),
  }),
  GetDiagnostics: fc.record({
    ...request,
    location: token,
    oldest: maybe(isoTime),
    latest: maybe(isoTime),
    ...retries,
  }),
  GetLog: fc.record({
    logType: fc.constantFrom('DiagnosticsLog', 'SecurityLog'),
    ...request,
    location: token,
    oldest: maybe(isoTime),
    latest: maybe(isoTime),
    ...retries,
  }),
  UpdateFirmware: fc.record({ ...request, location: token, retrieveAt: isoTime, ...retries }),
  SignedUpdateFirmware: fc.record({
    ...request,
    location: token,
    retrieveAt: isoTime,
    installAt: maybe(isoTime),
    signingCertificate: token,
    signature: token,
    ...retries,
  }),
  InstallCertificate: fc.record({ certificateType, certificate: token }),
  DeleteCertificate: fc.record(hash),
  GetInstalledCertificateIds: fc.record({ certificateTypes: maybe(few(certificateType)) }),
  CertificateSigned: fc.record({
    certificateChain: token,
    certificateType: maybe(fc.constantFrom('ChargingStationCertificate', 'V2GCertificate')),
  }),
  GetVariables: fc.record({ variables: few(fc.record({ component, variable, attributeType })) }),
  SetVariables: fc.record({
    variables: few(fc.record({ component, variable, attributeType, attributeValue: token })),
  }),
  GetBaseReport: fc.record({
    ...request,
    reportBase: fc.constantFrom('ConfigurationInventory', 'FullInventory', 'SummaryInventory'),
  }),
  GetReport: fc.record({
    ...request,
    componentCriteria: maybe(few(fc.constantFrom('Active', 'Problem'))),
    componentVariables,
  }),
  SetNetworkProfile: fc.record({
    configurationSlot: id,
    connectionData: fc.record({
      ocppVersion: fc.constantFrom('OCPP16', 'OCPP20'),
      ocppTransport: fc.constantFrom('JSON', 'SOAP'),
      ocppCsmsUrl: token,
      messageTimeout: id,
      securityProfile: fc.integer({ min: -1, max: 4 }),
      ocppInterface: fc.constantFrom('Wired0', 'Wireless3'),
      apn: maybe(fc.record({ apn: token, simPin: maybe(id), apnAuthentication: fc.constantFrom('CHAP', 'AUTO') })),
      vpn: maybe(
        fc.record({ server: token, user: token, password: token, key: token, type: fc.constantFrom('IPSec', 'PPTP') }),
      ),
    }),
  }),
  GetTransactionStatus: fc.record({ transactionId: maybe(token) }),
  CostUpdated: fc.record({ transactionId: token, totalCost: id }),
  GetChargingProfiles: fc.record({
    ...request,
    evseId: maybe(id),
    purpose: maybe(purpose),
    stackLevel: maybe(id),
    chargingProfileIds: maybe(few(id)),
    chargingLimitSources: maybe(few(fc.constantFrom('EMS', 'CSO'))),
  }),
  PublishFirmware: fc.record({ ...request, location: token, checksum: token, ...retries }),
  UnpublishFirmware: fc.record({ checksum: token }),
  CustomerInformation: fc.record({
    ...request,
    report: fc.boolean(),
    clear: fc.boolean(),
    customerIdentifier: maybe(token),
    idToken: maybe(token),
    idTokenType,
    customerCertificate: maybe(fc.record(hash)),
  }),
  GetMonitoringReport: fc.record({
    ...request,
    monitoringCriteria: maybe(few(fc.constantFrom('ThresholdMonitoring', 'DeltaMonitoring'))),
    componentVariables,
  }),
  SetMonitoringBase: fc.record({ monitoringBase: fc.constantFrom('All', 'FactoryDefault', 'HardWiredOnly') }),
  SetMonitoringLevel: fc.record({ severity: id }),
  SetVariableMonitoring: fc.record({
    monitors: few(
      fc.record({
        id: maybe(id),
        transaction: maybe(fc.boolean()),
        value: id,
        type: fc.constantFrom('UpperThreshold', 'Delta', 'Periodic'),
        severity: id,
        component,
        variable,
      }),
    ),
  }),
  ClearVariableMonitoring: fc.record({ ids: few(id) }),
  SetDisplayMessage: fc.record({
    message: fc.record({
      id,
      priority: fc.constantFrom('AlwaysFront', 'NormalCycle'),
      state: maybe(fc.constantFrom('Charging', 'Idle')),
      startDateTime: maybe(isoTime),
      endDateTime: maybe(isoTime),
      transactionId: maybe(token),
      message: fc.record({ format: fc.constantFrom('ASCII', 'UTF8'), language: maybe(token), content: token }),
      display: maybe(component),
    }),
  }),
  GetDisplayMessages: fc.record({
    ...request,
    ids: maybe(few(id)),
    priority: maybe(fc.constantFrom('AlwaysFront', 'NormalCycle')),
    state: maybe(fc.constantFrom('Charging', 'Idle')),
  }),
  ClearDisplayMessage: fc.record({ id }),
  Call: fc.record({
    action: fc.oneof(fc.constantFrom(...outboundActions), fc.string()),
    payload: fc.dictionary(fc.string(), fc.jsonValue()),
  }),
};

describe.each(Object.keys(fields) as CommandKind[])('translate %s', (kind) => {
  it('gives a payload that the schema accepts, or says why not', () => {
    fc.assert(
      fc.property(fields[kind] as fc.Arbitrary<object>, (rest) => {
        const translation = translate({ kind, ...rest } as Command);
        if (translation.ok) {
          const { action, payload } = translation;
          expect(validateRequest(action, payload, 'strict')).toEqual({ ok: true, payload, deviations: [] });
        } else if (translation.kind === 'notSupported') expect(translation.reason).not.toBe('');
        else expect(translation.errors).not.toEqual([]);
      }),
    );
  });
});
