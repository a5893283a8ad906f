import type { Effect } from '@ocpp-gw/ocpp-j';
import { GroupCommit, type GroupObserver, type OutboxEntry } from '@ocpp-gw/persistence';
import type { Commit } from './commit.ts';
import { DURABILITY } from './durability.ts';
import type { Entry, Station, Written } from './entry.ts';
import { eventEntries } from './events.ts';
import type { OutboxLimit } from './outbox-limit.ts';
import { prepare } from './prepare.ts';
import { writeRows, writesRows } from './rows/index.ts';
import { sessionEntries } from './sessions.ts';
import { Turns } from './turns.ts';

export type { Station } from './entry.ts';

export interface EffectsOptions {
  commit: Commit;
  /** Name of this pod, on every event. */
  pod: string;
  /** Whether a backend is wired that wants to hear of sessions. */
  backend: boolean;
  /** Asked before anything is committed that must leave through the outbox. */
  limit?: Pick<OutboxLimit, 'check'>;
  /** Most effects that one transaction carries. */
  batch?: number;
  observer?: GroupObserver;
}

/**
 * Makes decisions durable. What a CALL established is committed whole or not at all; a repetition of it changes
 * nothing and tells nobody twice. The CALLs of many chargers share a transaction (docs/adr/0019).
 */
export class Effects {
  private readonly options: EffectsOptions;
  private readonly turns = new Turns();
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
  async commit(station: Station, effects: readonly Effect[], now: Date): Promise<void> {
    if (effects.length === 0) return;
    if (effects.some(({ kind }) => DURABILITY[kind].told.length > 0)) this.options.limit?.check();
    await this.turns.take(station.cpId, async () =>
      this.group.add(await Promise.all(effects.map((effect) => prepare({ station, effect, now })))),
    );
  }

  private async write(entries: readonly Entry[]): Promise<void> {
    if (entries.some(writesRows))
      await this.options.commit.withRows(async (sql) => this.outgoing(entries, await writeRows(sql, entries)));
    else
      await this.options.commit.entriesAlone(
        this.outgoing(
          entries,
          entries.map(() => ({ fresh: true })),
        ),
      );
  }

  private outgoing(entries: readonly Entry[], written: readonly Written[]): OutboxEntry[] {
    const { pod, backend } = this.options;
    return entries.flatMap((entry, index) => {
      const what = written[index] ?? { fresh: true };
      if (!what.fresh) return [];
      return [...eventEntries(entry, what, pod), ...(backend ? sessionEntries(entry, what) : [])];
    });
  }
}
