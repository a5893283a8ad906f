import type { Command, CommandKind, CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateRequest } from '../validate.ts';
import { outboundActions, validateCommandPayload } from './index.ts';
import { type commands, translate } from './table.ts';

/** Mostly what can be meant, sometimes what cannot. */
const id = fc.oneof({ arbitrary: fc.nat({ max: 99 }), weight: 9 }, fc.maxSafeInteger(), fc.double({ noNaN: true }));
const token = fc.oneof({ arbitrary: fc.string({ maxLength: 20 }), weight: 9 }, fc.string({ maxLength: 600 }));
const time = fc.oneof(
  { arbitrary: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), weight: 9 },
  fc.string(),
);
const isoTime = time.map((moment) => (typeof moment === 'string' ? moment : moment.toISOString()));
const url = fc.oneof({ arbitrary: fc.webUrl(), weight: 9 }, fc.string());
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const transactionId = fc.oneof(fc.string(), id.map(String));
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
);
const message = fc.oneof(fc.constantFrom('Heartbeat', 'MeterValues', 'SignChargePointCertificate'), fc.string());
const chargingProfile = fc.record({
  chargingProfileId: id,
  stackLevel: id,
  purpose,
  kind: fc.constantFrom('Absolute', 'Recurring', 'Relative'),
  recurrencyKind: maybe(fc.constantFrom('Daily', 'Weekly')),
  validFrom: maybe(isoTime),
  validTo: maybe(isoTime),
  transactionId: maybe(transactionId),
  schedule: fc.record({
    duration: maybe(id),
    startSchedule: maybe(isoTime),
    chargingRateUnit: fc.constantFrom('A', 'W'),
    minChargingRate: maybe(id),
    periods: fc.oneof(
      fc.constant([{ startPeriod: 0, limit: 16 }]),
      fc.array(fc.record({ startPeriod: id, limit: id, numberPhases: maybe(id), phaseToUse: maybe(id) }), {
        maxLength: 3,
      }),
    ),
  }),
});
const retries = { retries: maybe(id), retryInterval: maybe(id) };

/** With any text where the caller may name one of a few: what is sent is checked, wherever it came from. */
type Loose<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Loose<Item>[]
    : T extends object
      ? { [F in keyof T]: Loose<T[F]> }
      : T;
type Fields<K extends CommandKind> = fc.Arbitrary<Loose<Omit<CommandOf<K>, 'kind'>>>;
const fields: { readonly [K in (typeof commands)[number]['kind'] | 'Call']: Fields<K> } = {
  RemoteStart: fc.record({
    idToken: token,
    idTokenType: maybe(fc.constantFrom('Central', 'ISO14443', 'Nonsense')),
    evseId: maybe(id),
    remoteStartId: id,
    chargingProfile: maybe(chargingProfile),
    groupIdToken: maybe(token),
  }),
  RemoteStop: fc.record({ transactionId }),
  Reset: fc.record({ type: fc.constantFrom('Soft', 'Hard'), evseId: maybe(id) }),
  UnlockConnector: fc.record({ evseId: id, connectorId: maybe(id) }),
  ChangeAvailability: fc.record({ operative: fc.boolean(), evseId: maybe(id), connectorId: maybe(id) }),
  ChangeConfiguration: fc.record({
    key: fc.oneof(fc.constantFrom('AuthorizationKey', 'SecurityProfile'), token),
    value: token,
  }),
  GetConfiguration: fc.record({ keys: maybe(fc.array(token)) }),
  ClearCache: fc.record({}),
  DataTransfer: fc.record({ vendorId: token, messageId: maybe(token), data: maybe(token) }),
  TriggerMessage: fc.record({ requestedMessage: message, evseId: maybe(id) }),
  ExtendedTriggerMessage: fc.record({ requestedMessage: message, evseId: maybe(id) }),
  ReserveNow: fc.record({
    reservationId: id,
    idToken: token,
    groupIdToken: maybe(token),
    evseId: maybe(id),
    connectorType: maybe(token),
    expiresAt: isoTime,
  }),
  CancelReservation: fc.record({ reservationId: id }),
  SendLocalList: fc.record({
    version: id,
    updateType: fc.constantFrom('Full', 'Differential'),
    entries: maybe(
      fc.array(
        fc.record({
          idToken: token,
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
    ocppRequestId: id,
    location: url,
    oldest: maybe(isoTime),
    latest: maybe(isoTime),
    ...retries,
  }),
  GetLog: fc.record({
    logType: fc.constantFrom('DiagnosticsLog', 'SecurityLog'),
    ocppRequestId: id,
    location: url,
    oldest: maybe(isoTime),
    latest: maybe(isoTime),
    ...retries,
  }),
  UpdateFirmware: fc.record({ ocppRequestId: id, location: url, retrieveAt: isoTime, ...retries }),
  SignedUpdateFirmware: fc.record({
    ocppRequestId: id,
    location: url,
    retrieveAt: isoTime,
    installAt: maybe(isoTime),
    signingCertificate: token,
    signature: token,
    ...retries,
  }),
  InstallCertificate: fc.record({ certificateType, certificate: token }),
  DeleteCertificate: fc.record({
    hashAlgorithm: fc.constantFrom('SHA256', 'SHA384', 'SHA512'),
    issuerNameHash: token,
    issuerKeyHash: token,
    serialNumber: token,
  }),
  GetInstalledCertificateIds: fc.record({ certificateTypes: maybe(fc.array(certificateType, { maxLength: 2 })) }),
  CertificateSigned: fc.record({
    certificateChain: token,
    certificateType: maybe(fc.constantFrom('ChargingStationCertificate', 'V2GCertificate')),
  }),
  Call: fc.record({
    action: fc.oneof(fc.constantFrom(...outboundActions), fc.string()),
    payload: fc.dictionary(fc.string(), fc.jsonValue()),
  }),
};

describe.each(Object.keys(fields) as (keyof typeof fields)[])('translate %s', (kind) => {
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

describe('validateCommandPayload', () => {
  it('refuses an action that a CSMS does not send', () => {
    expect(validateCommandPayload('Heartbeat', {})).toMatchObject({ ok: false, errors: [{ path: '' }] });
  });

  it('lists no more than fifty faults', () => {
    const key = Array.from({ length: 1000 }, () => 7);
    const check = validateCommandPayload('GetConfiguration', { key });
    expect(check.ok === false && check.errors).toHaveLength(50);
  });

  it.each([2 ** 31, -(2 ** 31) - 1, 1e300])('refuses the id %d, which does not fit into 32 bits', (requestId) => {
    const payload = { requestId, logType: 'SecurityLog', log: { remoteLocation: '' } };
    expect(validateCommandPayload('GetLog', payload)).toEqual({
      ok: false,
      errors: [{ path: '/requestId', message: 'must fit into 32 bits' }],
    });
  });

  it.each([[null], [[]], ['text'], [undefined]])('refuses a payload that is no object: %j', (payload) => {
    expect(validateCommandPayload('ClearCache', payload)).toMatchObject({
      ok: false,
      errors: [{ path: '', message: 'must be object' }],
    });
  });
});
