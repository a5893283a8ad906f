export { certificateHashData } from './certificate-hash.ts';
export { issue, makeCa, makeCsr, makeSubCa, signCsr, type Authority, type Issued } from './certificates.ts';
export { conformed, damagedPayload, type NamedSchema } from './damaged-payload.ts';
export { eventually } from './eventually.ts';
export {
  CallErrorReceived,
  FakeCharger,
  HandshakeRefused,
  type Answer,
  type Closing,
  type ConnectOptions,
} from './fake-charger.ts';
export {
  bootedEvent,
  commandEvent,
  connectionEvent,
  dataEvent,
  deviatedEvent,
  findingEvent,
  endedEvent,
  firmwareEvent,
  heardAt,
  logEvent,
  managedEvent,
  messageEvent,
  meterEvent,
  securityEvent,
  signingEvent,
  startedEvent,
  statusEvent,
  updatedEvent,
  type EventOverrides,
  type TestEvent,
} from './events.ts';
export { startOcspResponder, type OcspBehaviour, type OcspResponder } from './ocsp-responder.ts';
export {
  chargingLimitEvent,
  chargingNeedsEvent,
  chargingScheduleEvent,
  publicationEvent,
  reportEvent,
  reservationEvent,
  stationEvent,
} from './events-v201.ts';
export { OtlpReceiver, type ReceivedSpan } from './otlp-receiver.ts';
export { SentryReceiver } from './sentry-receiver.ts';
export { type Schema, singleFaults, validPayload } from './schema-arbitrary.ts';
export { PROXY_NAME, makeTlsFiles, type TlsFiles } from './tls-files.ts';
