import { Charger } from './charger.ts';
import type { CallOverride, ReceivedCall } from './csms-calls.ts';
import type { Payload } from './message.ts';
import type { Session } from './session.ts';
import type { ChargerOptions } from './settings.ts';
import { STATIONS } from './stations.ts';

export interface SessionOptions {
  /** First free one when absent. */
  connector?: number;
  /** The charger's own when absent. */
  idToken?: string;
  idTokenType?: string;
  /** Ends by itself after so many meter values; until stopped when absent. */
  meterValues?: number;
  /** Between two of them; the charger's own when absent. */
  meterIntervalMs?: number;
  /** Whether Authorize is sent first; true when absent. */
  authorize?: boolean;
}

/** A charger for tests: behaves like a charger, and does what the test asks in addition. */
export interface SimulatedCharger {
  readonly id: string;
  readonly protocol: '1.6' | '2.0.1';
  /** Sends a CALL. @throws CallError, CallTimeoutError or DisconnectedError */
  call(action: string, payload: object): Promise<Payload>;
  /** Answers the CSMS's `action` by `answer` from now on: its payload, or a thrown CallError; null gives it back. */
  onCall(action: string, answer: CallOverride | null): void;
  /** The CSMS's CALLs, oldest first. */
  received(action?: string): ReceivedCall[];
  /** Sessions begun here or by the CSMS, oldest first. */
  sessions(): readonly Session[];
  startSession(options?: SessionOptions): Session;
  /** Status of a connector, as the version calls it. */
  status(connector: number): string | undefined;
  /** Connected and Accepted. */
  readonly online: boolean;
  /** Online, and the CSMS knows the states of its connectors. */
  readonly ready: boolean;
  /** Drops the link without a closing handshake; the charger comes back by itself. */
  disconnect(): void;
  close(): Promise<void>;
}

/**
 * Connects and boots; resolves once it is Accepted and has sent the statuses.
 * With `reconnect: false` a refused handshake rejects with HandshakeRefusedError, a lost link with DisconnectedError;
 * else the charger goes on trying until `signal` says to give up.
 */
export async function startCharger(options: ChargerOptions, signal?: AbortSignal): Promise<SimulatedCharger> {
  const charger = new Charger(options, STATIONS[options.protocol]);
  const giveUp = (): void => void charger.close();
  signal?.addEventListener('abort', giveUp, { once: true });
  charger.start();
  await charger.accepted;
  signal?.removeEventListener('abort', giveUp);
  return wrap(charger);
}

function wrap(charger: Charger): SimulatedCharger {
  const { id, protocol } = charger.settings;
  return {
    id,
    protocol,
    call: (action, payload) => charger.call(action, payload),
    onCall: (action, answer) => charger.csmsCalls.override(action, answer),
    received: (action) => charger.csmsCalls.received.filter((call) => action === undefined || call.action === action),
    sessions: () => charger.sessions,
    startSession: (session) => startSession(charger, session),
    status: (number) => {
      const connector = charger.connectors.find((each) => each.number === number);
      return connector && charger.station.statusOf(connector);
    },
    get online() {
      return charger.online;
    },
    get ready() {
      return charger.online && charger.queue.delivers;
    },
    disconnect: () => charger.disconnect(),
    close: () => charger.close(),
  };
}

/** @throws Error when no connector is free for the token */
export function startSession(charger: Charger, options: SessionOptions = {}): Session {
  const { connector: number, idToken = charger.settings.idToken, authorize = true, ...more } = options;
  const connector = charger.freeConnector(idToken, number);
  if (!connector) {
    const which = number === undefined ? 'no connector' : `connector ${number} not`;
    throw new Error(`${charger.settings.id} has ${which} free for ${idToken}`);
  }
  return charger.begin({ connector, idToken, authorize, ...more });
}
