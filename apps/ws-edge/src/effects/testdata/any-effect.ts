import fc from 'fast-check';
import type { CertificateHash, ChargingProfile, ComponentRef } from '@ocpp-gw/contracts';
import type { Effect, Sample } from '@ocpp-gw/ocpp-j';

/* Effects of every table, over so few values that those of one station often meet in one row. */

const id = fc.integer({ min: 1, max: 3 });
const evse = fc.record({ evseId: fc.integer({ min: 0, max: 2 }), connectorId: fc.constant(1) });
const time = fc.integer({ min: 0, max: 59 }).map((second) => ({ at: new Date(Date.UTC(2026, 3, 2, 9, 0, second)) }));
const word = fc.constantFrom('one', 'two', 'Idle');
const samples = fc.array(
  fc.tuple(time, fc.nat(5000)).map(([{ at }, value]): Sample => {
    const text = String(value);
    return { at, value, unit: 'Wh', rawValue: text, rawUnit: 'Wh', measurand: 'Energy.Active.Import.Register' };
  }),
  { maxLength: 2 },
);

const of = <Kind extends Effect['kind']>(
  kind: Kind,
  ...fields: fc.Arbitrary<Partial<Extract<Effect, { kind: Kind }>>>[]
): fc.Arbitrary<Effect> =>
  fc.tuple(...fields).map((parts) => ({ kind, ...Object.assign({}, ...(parts as object[])) }) as Effect);

const profile: fc.Arbitrary<ChargingProfile> = fc.record({
  chargingProfileId: id,
  stackLevel: id,
  purpose: fc.constantFrom('TxProfile', 'TxDefaultProfile'),
  kind: fc.constant('Absolute'),
  schedule: fc.constant({ chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16 }] }),
});
const certificate: fc.Arbitrary<CertificateHash> = id.map((serial) => ({
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'aa',
  issuerKeyHash: 'bb',
  serialNumber: String(serial),
}));
const component: ComponentRef = { name: 'OCPPCommCtrlr' };
const variable = word.map((name) => ({ name }));

/** Of any station. */
const common: fc.Arbitrary<Effect>[] = [
  of(
    'stationBooted',
    word.map((model) => ({ vendor: 'ACME', model, registration: { status: 'Accepted', intervalSeconds: 60 } })),
  ),
  of('connectorStatus', evse, fc.record({ status: word, time })),
  of(
    'meterValues',
    evse,
    fc.record({ samples, time }),
    fc.constantFrom<{ transactionId?: string | null }[]>({}, {}, { transactionId: null }, { transactionId: '1' }),
  ),
  of('securityEvent', fc.record({ type: word, time })),
  of('dataTransferred', fc.record({ vendorId: word, time, status: fc.constant('Accepted') })),
  of('firmwareStatus', fc.record({ status: word, signed: fc.boolean(), time })),
  of(
    'firmwareUpdateRequested',
    fc.record({ signed: fc.boolean(), location: word, retrieveAt: time.map(({ at }) => at) }),
  ),
  of('logStatus', fc.record({ upload: fc.constantFrom('diagnostics', 'log'), status: word, requestId: id, time })),
  of('logRequested', fc.record({ logType: fc.constant('SecurityLog'), requestId: id, location: word })),
  of('signingRequest', fc.record({ csr: word, key: fc.constant({ publicKey: 'PEM', commonName: 'CP' }), time })),
  of('certificateAccepted', fc.record({ chain: word, accepted: fc.boolean() })),
  of(
    'reservationMade',
    fc.record({ reservationId: id, evseId: id, idToken: word, expiresAt: time.map(({ at }) => at) }),
  ),
  of('reservationCancelled', fc.record({ reservationId: id })),
  of('chargingProfileSet', fc.record({ evseId: id, profile })),
  of('chargingProfilesCleared', fc.record({ chargingProfileId: id })),
  of('localListVersion', fc.record({ version: id })),
  of('configurationSeen', fc.record({ complete: fc.boolean() }), fc.array(word, { maxLength: 2 }).map(keysOf)),
  of('configurationChanged', fc.record({ key: word, value: word, rebootRequired: fc.boolean() })),
  of('availabilityChanged', evse, fc.record({ operative: fc.boolean(), scheduled: fc.boolean() })),
  of('certificateDeleted', fc.record({ certificate })),
  of(
    'certificatesSeen',
    fc.uniqueArray(certificate, { maxLength: 2, selector: ({ serialNumber }) => serialNumber }).map((certificates) => ({
      certificates: certificates.map((one) => ({ ...one, certificateType: 'MORootCertificate' as const })),
    })),
  ),
  of('password', fc.record({ step: fc.constantFrom('accepted', 'refused'), passwordHex: fc.constant('00') })),
  of('securityProfile', fc.record({ step: fc.constant('accepted'), profile: id })),
];

function keysOf(keys: readonly string[]) {
  return { keys: keys.map((key) => ({ key, value: key, readonly: false })), unknownKeys: ['three'] };
}

const numbered: fc.Arbitrary<Effect>[] = [
  of(
    'transactionStarted',
    evse,
    fc.record({ samples, time, meterStartWh: fc.nat(99), reservationId: id }),
    id.map((number) => ({
      transactionId: String(number),
      naturalKey: { connectorId: 1, idTag: 'Tag', timestamp: `start ${number}`, meterStart: number },
    })),
  ),
  of(
    'transactionEnded',
    evse,
    fc.record({ transactionId: id.map(String), reason: word, samples, time, meterStopWh: fc.nat(99) }),
    fc.constantFrom<{ unnamed?: boolean }[]>({}, {}, { unnamed: true }),
  ),
  of(
    'remoteStartSent',
    fc.record({ remoteStartId: id, connectorId: fc.constantFrom(0, 1), sentAt: time.map(({ at }) => at) }),
    fc.constant({ idToken: 'Tag' }),
  ),
  of('remoteStartRefused', fc.record({ remoteStartId: id })),
];

/** What somebody else says of its transactions, in either version. */
const concluded: fc.Arbitrary<Effect>[] = [
  of(
    'transactionEndInferred',
    fc.record({ transactionId: id.map(String), cause: fc.constantFrom('silence', 'operator') }),
  ),
  of('stopAssigned', fc.record({ transactionId: word, to: id.map(String) })),
];

const event = fc.record({
  transactionId: id.map(String),
  seqNo: fc.nat(4),
  chargingState: word,
  samples,
  time,
  idToken: fc.record({ idToken: word, type: word }),
});
const report = fc.record({ report: fc.constantFrom('DeviceModel', 'Monitoring'), requestId: id });
const sequenced: fc.Arbitrary<Effect>[] = [
  of('transactionStarted', evse, event),
  of('transactionUpdated', evse, event),
  of('transactionEnded', evse, event, fc.record({ reason: word })),
  of(
    'transactionStatusReported',
    fc.record({ transactionId: id.map(String), ongoing: fc.boolean(), messagesInQueue: fc.boolean() }),
  ),
  of(
    'variablesReported',
    fc
      .record({ variable, value: word })
      .map((fact) => ({ variables: [{ component, attributeType: 'Actual', ...fact }] })),
  ),
  of(
    'monitorsReported',
    fc.record({ id, variable, value: fc.nat(9) }).map((monitor) => ({
      monitors: [{ component, type: 'Delta', severity: 1, transaction: false, ...monitor }],
    })),
  ),
  of(
    'monitorsCleared',
    id.map((one) => ({ ids: [one] })),
  ),
  of('reportRequested', report, fc.record({ empty: fc.boolean() })),
  of('reportPart', report, fc.record({ seqNo: fc.nat(2), last: fc.boolean(), items: fc.array(word), time })),
  of(
    'chargingProfilesReported',
    fc.record({ evseId: id, source: word, profiles: fc.array(profile, { maxLength: 1 }) }),
  ),
  of('chargingLimit', fc.record({ evseId: id, source: word, cleared: fc.boolean(), time })),
  of('displayMessageCleared', fc.record({ id })),
  of('firmwarePublicationRequested', fc.record({ requestId: id, location: word, checksum: word })),
  of('firmwarePublicationStatus', fc.record({ status: word, time })),
  of('firmwareUnpublished', fc.record({ checksum: word })),
  of('reservationEnded', fc.record({ reservationId: id, status: fc.constant('Expired'), time })),
];

/** What one message of a station may establish. */
export const anyEffect = {
  'ocpp1.6': fc.oneof(...common, ...numbered, ...concluded),
  'ocpp2.0.1': fc.oneof(...common, ...sequenced, ...concluded),
};
