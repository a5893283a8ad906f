import type { ChargingSession, Connector, StopCause } from './connector.ts';
import type { Message, Payload, TransactionMessage } from './message.ts';
import type { Settings } from './settings.ts';
import type { BootCause, Registration, Station } from './station.ts';
import type { TransactionQueue } from './transaction-queue.ts';

export interface SessionRequest {
  connector: Connector;
  idToken: string;
  idTokenType?: string;
  /** Whether Authorize is sent first. */
  authorize: boolean;
  /** Set for a session that the CSMS asked for. */
  remote?: { remoteStartId?: number };
  /** Ends by itself after so many meter values; until stopped when absent. */
  meterValues?: number;
  /** Between two of them; the charger's own when absent. */
  meterIntervalMs?: number;
}

/** A charger as its station and its sessions use it. */
export interface ChargerPort {
  readonly settings: Settings;
  readonly connectors: readonly Connector[];
  readonly station: Station;
  /** All that ever began, oldest first. */
  readonly sessions: readonly ChargingSession[];
  /** What waits to be delivered about sessions. */
  readonly queue: Pick<TransactionQueue, 'push' | 'size'>;
  readonly registration: Registration | null;
  /** Connected and accepted. */
  readonly online: boolean;
  /** Closed for good. */
  readonly ended: boolean;
  log(message: string, fields?: Record<string, unknown>): void;
  /** Ends early, and without an error, when `signal` or the charger's own end says so. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  /** What the charger's own clock shows. */
  clock(): Date;
  /** The meter of a connector, as of now; stamped by the charger's own clock. */
  read(connector: Connector): TransactionMessage['reading'];
  /** @throws CallError, CallTimeoutError or DisconnectedError */
  call(action: string, payload: object): Promise<Payload>;
  /** A CALL whose failure changes nothing: logged, and null. */
  notify(message: Message): Promise<Payload | null>;
  begin(request: SessionRequest): ChargingSession;
  /** The connector a session of this token would get; undefined when none is free. */
  freeConnector(idToken: string, number?: number): Connector | undefined;
  /** Sends a connector's status if it has changed. */
  reportStatus(connector: Connector): Promise<void>;
  /** A reservation is used, cancelled or expired. */
  release(connector: Connector): void;
  setHeartbeat(intervalMs: number): void;
  /** Sends BootNotification now, if one is due. */
  bootNow(): void;
  /** Stops the sessions, goes away and comes back with a boot. */
  reboot(cause: BootCause, stopCause: StopCause): Promise<void>;
  /** Closes and comes back without a boot, for instance with a new password. */
  reconnect(reason: string): void;
}

export type CreateStation = (charger: ChargerPort) => Station;
