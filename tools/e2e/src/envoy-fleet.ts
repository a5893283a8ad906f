import { runFleet, type FleetSummary, type LogEntry } from '@ocpp-gw/charger-sim';
import { until } from './until.ts';

export interface FleetOptions {
  url: string;
  /** Whom its chargers trust, PEM. */
  ca: string;
  protocol: '1.6' | '2.0.1';
  idPrefix: string;
  count: number;
  password: string;
  sessions: number;
}

/** What one charger saw acknowledged of one transaction. */
export interface Acknowledged {
  cpId: string;
  transactionId: string;
  what: 'start' | 'stop';
}

type Payload = Record<string, unknown>;

/** Simulated chargers, and the record they keep of what the gateway acknowledged. */
export class SimulatedFleet {
  private readonly sessions: number;
  private readonly entries: LogEntry[] = [];
  private readonly ending = new AbortController();
  private readonly summary: Promise<FleetSummary>;

  constructor({ idPrefix, count, sessions, ...options }: FleetOptions) {
    this.sessions = count * sessions;
    this.summary = runFleet({
      ...options,
      ids: SimulatedFleet.ids(idPrefix, count),
      sessions,
      meterValues: 4,
      meterIntervalMs: 500,
      callTimeoutMs: 5_000,
      retry: { attempts: 10, intervalMs: 300 },
      stay: true,
      patienceMs: 60_000,
      staggerMs: 20,
      signal: this.ending.signal,
      log: (entry) => this.entries.push(entry),
    });
  }

  static ids(idPrefix: string, count: number): string[] {
    return Array.from({ length: count }, (_, index) => `${idPrefix}${String(index + 1).padStart(4, '0')}`);
  }

  /** Chargers that hold a connection now. */
  get connected(): number {
    const open = new Set<string>();
    for (const { cpId, message } of this.entries) {
      if (message === 'connected') open.add(cpId);
      if (message === 'disconnected') open.delete(cpId);
    }
    return open.size;
  }

  get sessionsEnded(): number {
    return this.entries.filter(({ message }) => message === 'session ended').length;
  }

  /** Waits until every charger has done its sessions. */
  async done(timeoutMs: number): Promise<void> {
    await until(
      'the sessions of the fleet',
      async () => {
        if (this.sessionsEnded < this.sessions) throw new Error(`${this.sessionsEnded} of ${this.sessions}`);
      },
      timeoutMs,
    );
  }

  /** How long the charger that was away longest had no connection, and how often any was cut off. */
  get absences(): { times: number; longestMs: number } {
    const since = new Map<string, number>();
    let times = 0;
    let longestMs = 0;
    for (const { at, cpId, message } of this.entries) {
      if (message === 'disconnected') {
        times += 1;
        since.set(cpId, Date.parse(at));
      }
      const left = since.get(cpId);
      if (message === 'connected' && left !== undefined) longestMs = Math.max(longestMs, Date.parse(at) - left);
    }
    return { times, longestMs };
  }

  /** When connections were cut off, Unix milliseconds, oldest first. */
  get cutOffs(): number[] {
    return this.entries.filter(({ message }) => message === 'disconnected').map(({ at }) => Date.parse(at));
  }

  /** Every start and stop that was answered by a CALLRESULT. */
  get book(): Acknowledged[] {
    return this.entries.flatMap((entry) => acknowledgedBy(entry) ?? []);
  }

  /** What the DataTransfers said, by the charger that they came to. */
  get dataTransfers(): ReadonlyMap<string, string[]> {
    const came = this.entries.filter(({ message, action }) => message === 'answered' && action === 'DataTransfer');
    const byCharger = Map.groupBy(came, ({ cpId }) => cpId);
    return new Map(
      [...byCharger].map(([cpId, all]) => [cpId, all.map(({ payload }) => String((payload as Payload)['data']))]),
    );
  }

  /** Interrupts it; resolves to its own account of itself. */
  end(): Promise<FleetSummary> {
    this.ending.abort();
    return this.summary;
  }
}

function acknowledgedBy({ message, cpId, action, ...entry }: LogEntry): Acknowledged | null {
  if (message !== 'call answered') return null;
  const { payload, answer } = entry as unknown as Record<'payload' | 'answer', Payload>;
  if (action === 'StartTransaction') return { cpId, transactionId: String(answer['transactionId']), what: 'start' };
  if (action === 'StopTransaction') return { cpId, transactionId: String(payload['transactionId']), what: 'stop' };
  const what = { Started: 'start', Ended: 'stop' }[String(payload['eventType'])];
  const { transactionId } = (payload['transactionInfo'] ?? {}) as { transactionId?: string };
  return what && transactionId ? { cpId, transactionId, what: what as Acknowledged['what'] } : null;
}
