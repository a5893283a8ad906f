export {
  CallErrorReceived,
  FakeCharger,
  HandshakeRefused,
  type Answer,
  type Closing,
  type ConnectOptions,
  type Frame,
} from './fake-charger.ts';
export {
  bootedEvent,
  commandEvent,
  connectionEvent,
  endedEvent,
  meterEvent,
  startedEvent,
  statusEvent,
  updatedEvent,
  type EventOverrides,
  type TestEvent,
} from './events.ts';
export { type Fault, type Schema, singleFaults, validPayload } from './schema-arbitrary.ts';
