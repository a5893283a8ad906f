import type { OutboxEntry } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { DeviationRecorder } from '../effects/index.ts';
import type { ConnectionState } from './connection-state.ts';
import { DeviationTally, type Deviation } from './deviation-tally.ts';
import type { Peer } from './peer.ts';

/** So long a new kind of deviation waits, for the boot that says which firmware it is of. */
const EVERY_MS = 5_000;
/** Events that are written with one statement. */
const BATCH = 500;
/** Connections whose counts are kept; only while Postgres is away they may be more than are open. */
const MOST = 50_000;

/** The connection that is counted. */
export interface Deviating {
  readonly connectionId: string;
  readonly peer: Pick<Peer, 'cpId' | 'protocol'>;
  readonly state: Pick<ConnectionState, 'inventory'>;
  readonly ended: boolean;
}

/**
 * Counts the deviations of every connection in memory and publishes the counts (docs/adr/0067). It is best effort: no charge point
 * waits for it.
 */
export class DeviationLog {
  private readonly tallies = new Map<string, { of: Deviating; tally: DeviationTally }>();
  /** Those that could not be written are written again under the same ids, before anything is counted anew. */
  private unwritten: OutboxEntry[] = [];
  private publishing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly recorder: Pick<DeviationRecorder, 'entries' | 'write'>,
    private readonly logger: Logger,
  ) {}

  count(of: Deviating, deviation: Deviation): void {
    const { connectionId } = of;
    let known = this.tallies.get(connectionId);
    if (!known) {
      if (this.tallies.size >= MOST) return;
      known = { of, tally: new DeviationTally() };
      this.tallies.set(connectionId, known);
    }
    known.tally.add(deviation, new Date());
  }

  start(): void {
    this.timer ??= setInterval(() => void this.publish(), EVERY_MS).unref();
  }

  /** Publishes what is due; never rejects. */
  publish(): Promise<void> {
    this.publishing = this.publishing.then(() => this.writeDue());
    return this.publishing;
  }

  /** Publishes the counts of the connections that have ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.publish();
  }

  private async writeDue(): Promise<void> {
    if (this.unwritten.length === 0) this.unwritten = this.due(new Date());
    try {
      while (this.unwritten.length > 0) {
        await this.recorder.write(this.unwritten.slice(0, BATCH));
        this.unwritten.splice(0, BATCH);
      }
    } catch (err) {
      this.logger.warn('deviations of chargers not published yet', { events: this.unwritten.length, err });
    }
  }

  private due(now: Date): OutboxEntry[] {
    const entries: OutboxEntry[] = [];
    for (const [connectionId, { of, tally }] of this.tallies) {
      const { ended, peer, state } = of;
      const counted = tally.take(now, ended);
      if (ended) this.tallies.delete(connectionId);
      const { cpId, protocol } = peer;
      const station = { cpId, protocol: protocol.dialect.subprotocol };
      if (counted.length > 0)
        entries.push(...this.recorder.entries({ station, connectionId, inventory: state.inventory, counted, now }));
    }
    return entries;
  }
}
