import { KeyedQueue } from '@ocpp-gw/async';
import type { Change, Effect, Outcome, TransactionState } from '@ocpp-gw/ocpp-j';
import { GroupCommit, type GroupObserver, type OutboxEntry } from '@ocpp-gw/persistence';
import {
  isKind,
  StaleFactsError,
  writeFacts,
  writesRows,
  type Cause,
  type Entry,
  type Station,
  type Written,
} from '@ocpp-gw/persistence/facts';
import type { Commit } from './commit.ts';
import { EVENTS, eventEntries } from './events.ts';
import { Occurrences } from './occurrences.ts';
import type { OutboxLimit } from './outbox-limit.ts';
import { prepare } from './prepare.ts';
import { sessionEntries } from './sessions.ts';
import type { StationTransactions } from './transactions/station-transactions.ts';

export interface EffectsOptions {
  commit: Commit;
  transactions: StationTransactions;
  /** Name of this pod, on every event. */
  pod: string;
  /** Whether a backend is wired that wants to hear of sessions, and of what changes while they run. */
  backend: boolean;
  sessionUpdates?: boolean;
  /** Asked before anything is committed that must leave through the outbox. */
  limit?: Pick<OutboxLimit, 'check'>;
  /** Most effects that one transaction carries. */
  batch?: number;
  observer?: GroupObserver;
}

/** What showed when the effects of one CALL were recorded. */
export interface Committed {
  /** Which transactions its messages mean. */
  outcomes: readonly Outcome[];
  /** Transactions that the station should be asked about: something speaks against that they run, or a gap is left. */
  doubtful: readonly string[];
  /** How many transactions are not what they were. */
  changed: number;
}

const NOTHING: Committed = { outcomes: [], doubtful: [], changed: 0 };
/** Another pod that writes for the same station does so once in a while, at most. */
const ATTEMPTS = 4;

/**
 * Makes decisions durable. What a CALL established is committed whole or not at all; a repetition of it changes
 * nothing and tells nobody twice. The CALLs of many chargers share a transaction (docs/adr/0019).
 */
export class Effects {
  private readonly options: EffectsOptions;
  private readonly occurrences = new Occurrences();
  private readonly queue = new KeyedQueue();
  private readonly group: GroupCommit<Entry>;

  constructor(options: EffectsOptions) {
    const { batch: limit, observer } = options;
    this.options = options;
    this.group = new GroupCommit({ commit: (entries) => this.write(entries), limit, observer });
  }

  /**
   * Resolves after COMMIT. One station's effects are committed in the order of its messages: what its answer to a command
   * of ours established comes before what it says next.
   * @throws StaleFactsError when the decision must be made anew
   * @throws OutboxFullError
   */
  async commit(station: Station, effects: readonly Effect[], now: Date, cause: Cause = {}): Promise<Committed> {
    if (effects.length === 0) return NOTHING;
    if (effects.some(({ kind }) => EVENTS[kind] !== undefined)) this.options.limit?.check();
    const { messageId, traceparent } = cause;
    return this.queue.run(station.cpId, async () => {
      const prepared = await Promise.all(
        effects.map((effect, index) => {
          const call = messageId === undefined ? {} : { call: `${index} ${messageId}` };
          return prepare(this.numbered({ station, effect, now, traceparent, ...call }));
        }),
      );
      return committed(await this.decideAndWrite(station.cpId, prepared));
    });
  }

  private numbered(entry: Entry): Entry {
    if (!isKind('meterValues', entry)) return entry;
    const { evseId, connectorId, transactionId, time } = entry.effect;
    // What was told of another time in between does not make it news: its own time says which reading it is.
    const subject = JSON.stringify([entry.station.cpId, evseId, connectorId, transactionId, time.raw ?? time.at]);
    return { ...entry, occurrence: this.occurrences.numberOf(subject, entry.effect) };
  }

  private async decideAndWrite(cpId: string, prepared: readonly Entry[], attempt = 1): Promise<readonly Entry[]> {
    const { transactions } = this.options;
    try {
      const entries = await transactions.decide(prepared);
      await this.group.add(entries);
      transactions.remember(cpId, entries);
      return entries;
    } catch (error) {
      // Whatever was written meanwhile is read again.
      transactions.forget(cpId);
      if (!(error instanceof StaleFactsError) || attempt === ATTEMPTS) throw error;
      return this.decideAndWrite(cpId, prepared, attempt + 1);
    }
  }

  private async write(entries: readonly Entry[]): Promise<void> {
    if (entries.some(writesRows))
      await this.options.commit.withRows(async (connection) =>
        this.outgoing(entries, await writeFacts(connection, entries)),
      );
    else
      await this.options.commit.entriesAlone(
        this.outgoing(
          entries,
          entries.map(() => ({ fresh: true })),
        ),
      );
  }

  private outgoing(entries: readonly Entry[], written: readonly Written[]): OutboxEntry[] {
    const { pod, backend, sessionUpdates = false } = this.options;
    return entries.flatMap((entry, index) => {
      const what = written[index] ?? { fresh: true };
      if (!what.fresh) return [];
      return [...eventEntries(entry, what, pod), ...(backend ? sessionEntries(entry, sessionUpdates) : [])];
    });
  }
}

function committed(entries: readonly Entry[]): Committed {
  const plans = entries.flatMap(({ transactions }) => transactions ?? []);
  return {
    outcomes: plans.flatMap(({ outcome }) => outcome ?? []),
    changed: plans.flatMap(({ changes }) => changes).length,
    doubtful: plans.flatMap(({ changes }) => changes.filter(isDoubtful).map(({ after }) => after.transactionId)),
  };
}

/**
 * Only a station that names its transactions can be asked about them: after a boot, and where an end has left a gap. Where a
 * connector is free again the end is often the next message, and where another has begun it is inferred.
 */
function isDoubtful({ before, after }: Change): boolean {
  if (!after.stationNamed || after.gapsFinal) return false;
  if (after.suspect?.reason === 'boot') return before?.suspect === null;
  if (after.state !== 'ended' || before?.state === 'ended') return false;
  return after.end?.inferred === null && hasGap(after);
}

function hasGap({ seen }: TransactionState): boolean {
  return seen.length > 1 || (seen[0]?.[0] ?? 0) > 0;
}
