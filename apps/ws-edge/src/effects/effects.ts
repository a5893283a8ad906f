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
import { commitRank } from './commit-rank.ts';
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
  /** Whether the backend receives session calls, and whether it receives updates of running sessions. */
  backend: boolean;
  sessionUpdates?: boolean;
  /** Checked before anything is committed that needs the outbox. */
  limit?: Pick<OutboxLimit, 'check'>;
  /** Greatest number of effects in one Postgres transaction. */
  batch?: number;
  observer?: GroupObserver;
}

/** The result of recording the effects of one CALL. */
export interface Committed {
  /** How its messages about transactions were assigned. */
  outcomes: readonly Outcome[];
  /** Transactions to ask the charge point about, because they are suspect or lack messages. */
  doubtful: readonly string[];
  /** How many transactions were changed. */
  changed: number;
  /** The remote starts that transactions have followed from. */
  remoteStarts: readonly number[];
}

const NOTHING: Committed = { outcomes: [], doubtful: [], changed: 0, remoteStarts: [] };
/** How often a decision is tried. Another pod rarely writes for the same charge point, so few tries are enough. */
const ATTEMPTS = 4;
/** A transaction costs as much as five messages in it (docs/adr/0075). */
const PACE_MS = 8;

/**
 * Commits the effects of decisions. The effects of a CALL are committed as a whole or not at all; a repetition changes
 * nothing and is not published again. The CALLs of many charge points share a Postgres transaction (docs/adr/0019).
 */
export class Effects {
  private readonly occurrences = new Occurrences();
  private readonly queue = new KeyedQueue();
  private readonly group: GroupCommit<Entry>;

  constructor(private readonly options: EffectsOptions) {
    const { batch: limit, observer } = options;
    const commit = (entries: readonly Entry[]): Promise<void> => this.write(entries);
    this.group = new GroupCommit({ commit, limit, paceMs: PACE_MS, rankOf: commitRank, observer });
  }

  /** How many messages wait for a Postgres transaction. */
  get waiting(): number {
    return this.group.length;
  }

  /** How long the longest of them has waited, milliseconds. */
  get waitMs(): number {
    return this.group.waitMs;
  }

  /**
   * Resolves after COMMIT. The effects of one charge point are committed in the order of its messages: those of its
   * answer to a command of ours come before those of its next message.
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
    // A message of another time in between does not make this one new: its own time says which reading it is.
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
      // What another pod has written in the meantime is read again.
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
    remoteStarts: plans.flatMap(({ changes }) => changes.flatMap(remoteStartOf)),
    doubtful: plans.flatMap(({ changes }) => changes.filter(isDoubtful).map(({ after }) => after.transactionId)),
  };
}

function remoteStartOf({ before, after }: Change): number[] {
  if (after.remoteStartId === null) return [];
  return (before?.remoteStartId ?? null) === null ? [after.remoteStartId] : [];
}

/**
 * The transactions to ask the charge point about: after a boot, and when an end has left a gap. Only a charge point
 * that names its transactions can be asked. A free connector is no reason to ask, because the end is often the next
 * message and a new transaction implies it.
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
