import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '@ocpp-gw/rig';
import { until } from './until.ts';

export interface FleetOptions {
  url: string;
  /** Whom its chargers trust. */
  caFile: string;
  protocol: '1.6' | '2.0.1';
  idPrefix: string;
  count: number;
  password: string;
  sessions: number;
}

/** A line of the simulator's log. */
interface Entry {
  at: string;
  cpId: string;
  message: string;
  action?: string;
  payload?: Record<string, unknown>;
  answer?: Record<string, unknown>;
}

/** What one charger saw acknowledged of one transaction. */
export interface Acknowledged {
  cpId: string;
  transactionId: string;
  what: 'start' | 'stop';
}

interface Summary {
  accepted: number;
  sessions: number;
  acknowledged: number;
  problems: string[];
}

/** Simulated chargers in a process of their own, and the book they keep of what the gateway acknowledged. */
export class SimulatedFleet {
  private readonly sessions: number;
  private readonly child: ChildProcess;
  private readonly entries: Entry[] = [];
  private errors = '';
  private summary: Summary | null = null;

  constructor({ url, caFile, protocol, idPrefix, count, password, sessions }: FleetOptions) {
    this.sessions = count * sessions;
    this.child = spawn(
      process.execPath,
      [
        '--conditions=@ocpp-gw/source',
        resolve(ROOT, 'tools/charger-sim/src/main.ts'),
        ...['--url', url, '--protocol', protocol, '--id-prefix', idPrefix, '--count', String(count)],
        ...['--password', password, '--sessions', String(sessions), '--meter-values', '4', '--meter-interval', '500ms'],
        ...['--timeout', '5s', '--retries', '10', '--retry-interval', '300ms', '--stay', '--json', '--verbose'],
      ],
      { env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: caFile } },
    );
    if (!this.child.stdout) throw new Error('no stdout');
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as Entry | Summary;
      if ('message' in entry) this.entries.push(entry);
      else this.summary = entry;
    });
    this.child.stderr?.on('data', (chunk) => (this.errors += String(chunk)));
  }

  /** As the simulator numbers them. */
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
        if (this.sessionsEnded < this.sessions)
          throw new Error(`${this.sessionsEnded} of ${this.sessions}: ${this.errors.slice(-1000)}`);
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

  /** What the DataTransfers said that came to its chargers. */
  get dataTransfers(): string[] {
    return this.entries
      .filter(({ message, action }) => message === 'answered' && action === 'DataTransfer')
      .map(({ payload }) => String(payload?.['data']));
  }

  /** Interrupts it; resolves to its own account of itself. */
  async end(): Promise<Summary> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const closed = once(this.child, 'close');
      this.child.kill('SIGINT');
      await closed;
    }
    if (!this.summary) throw new Error(`the fleet ended without a summary: ${this.errors.slice(-2000)}`);
    return this.summary;
  }
}

function acknowledgedBy({ message, cpId, action, payload = {}, answer = {} }: Entry): Acknowledged | null {
  if (message !== 'call answered') return null;
  if (action === 'StartTransaction') return { cpId, transactionId: String(answer['transactionId']), what: 'start' };
  if (action === 'StopTransaction') return { cpId, transactionId: String(payload['transactionId']), what: 'stop' };
  const what = { Started: 'start', Ended: 'stop' }[String(payload['eventType'])];
  const { transactionId } = (payload['transactionInfo'] ?? {}) as { transactionId?: string };
  return what && transactionId ? { cpId, transactionId, what: what as Acknowledged['what'] } : null;
}
