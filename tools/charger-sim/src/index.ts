export { startCharger, type SessionOptions, type SimulatedCharger } from './simulated-charger.ts';
export { runFleet, type FleetOptions, type FleetSummary } from './fleet.ts';
export type { CallOverride, ReceivedCall } from './csms-calls.ts';
export type { Session, SessionResult } from './session.ts';
export type { ChargerOptions, LogEntry } from './settings.ts';
export { CallError, CallTimeoutError, DisconnectedError, HandshakeRefusedError } from './errors.ts';
