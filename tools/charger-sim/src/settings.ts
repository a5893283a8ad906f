import type { Misbehaviour } from './misbehaviour/misbehaviour.ts';
import { REAL_TIME, type Time } from './time.ts';
import type { Truth } from './truth.ts';

export type LogEntry = { at: string; cpId: string; message: string } & Record<string, unknown>;

export interface ChargerOptions {
  /** ws:// or wss://, without the identity. */
  url: string;
  /** Other addresses of the CSMS: the next one is tried where a connection cannot be made. */
  otherUrls?: readonly string[];
  protocol: '1.6' | '2.0.1';
  id: string;
  /** Basic auth; a 1.6 AuthorizationKey of 32 to 40 hex digits is sent as the bytes it stands for. */
  password?: string;
  connectors?: number;
  /** Used by sessions that name none. */
  idToken?: string;
  /** Overrides the interval of the boot answer. */
  heartbeatMs?: number;
  meterIntervalMs?: number;
  powerW?: number;
  callTimeoutMs?: number;
  /** Tries of a transaction message; wait between them, times the tries so far. */
  retry?: { attempts: number; intervalMs: number };
  /** Whether a transaction message that is tried again keeps its message id (notes 2.10); a new one each time when absent. */
  keepsMessageIds?: boolean;
  /** Wait before reconnecting, doubled with each failure up to `maxMs`. */
  backoff?: { firstMs: number; maxMs: number };
  /** How long a reset or firmware update keeps the charger away. */
  rebootMs?: number;
  /** Pause between the steps of a session or of a firmware update. */
  stepMs?: number;
  /** False: a refused handshake or lost link is final. */
  reconnect?: boolean;
  log?: (entry: LogEntry) => void;
  /** Where it differs from the specification. */
  misbehaviours?: readonly Misbehaviour[];
  /** In which sessions, from 1 on, messages come in another order or number than they should; all when absent. */
  misbehavesIn?: (session: number) => boolean;
  /** Gets every session and the outcome of each message about it. */
  truth?: (entry: Truth) => void;
  /** Real time when absent. */
  time?: Time;
  /** Whose certificate is believed, PEM; the machine's own when absent. */
  ca?: string;
}

/** Options with their defaults; the CSMS changes some of them through its configuration messages. */
export type Settings = Required<Omit<ChargerOptions, 'password' | 'heartbeatMs' | 'ca'>> &
  Pick<ChargerOptions, 'password' | 'heartbeatMs' | 'ca'>;

export const DEFAULTS = {
  otherUrls: [],
  connectors: 2,
  idToken: 'SIM-TAG-1',
  meterIntervalMs: 10_000,
  powerW: 11_000,
  callTimeoutMs: 30_000,
  retry: { attempts: 3, intervalMs: 10_000 },
  keepsMessageIds: false,
  backoff: { firstMs: 1000, maxMs: 60_000 },
  rebootMs: 1000,
  stepMs: 200,
  reconnect: true,
  log: (): void => undefined,
  misbehaviours: [],
  misbehavesIn: (): boolean => true,
  truth: (): void => undefined,
  time: REAL_TIME,
} as const;

/** Options over the defaults; an option that is there but undefined counts as absent. */
export function withDefaults(options: ChargerOptions): Settings {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...DEFAULTS, ...(given as unknown as ChargerOptions) };
}
