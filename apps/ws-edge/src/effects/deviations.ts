import type { OutboxEntry } from '@ocpp-gw/persistence';
import type { Commit } from './commit.ts';
import { eventEntry } from './events.ts';
import type { OutboxLimit } from './outbox-limit.ts';

/** What is known of the hardware and software of a charge point. */
export interface Inventory {
  vendor: string | null;
  model: string | null;
  firmwareVersion: string | null;
}

/** What was counted on one connection; see `FieldDeviated` in events.proto. */
export interface DeviationsOf {
  station: { cpId: string; protocol: string };
  connectionId: string;
  inventory: Inventory;
  counted: readonly {
    action: string;
    rule: string;
    direction: string;
    count: number;
    firstAt: Date;
    lastAt: Date;
  }[];
  now: Date;
}

/** Publishes the deviations of charge points. */
export class DeviationRecorder {
  private readonly commit: Pick<Commit, 'entriesAlone'>;
  private readonly limit: Pick<OutboxLimit, 'check'>;
  private readonly pod: string;

  constructor({
    commit,
    limit,
    pod,
  }: {
    commit: Pick<Commit, 'entriesAlone'>;
    limit: Pick<OutboxLimit, 'check'>;
    pod: string;
  }) {
    this.commit = commit;
    this.limit = limit;
    this.pod = pod;
  }

  entries({ station, connectionId, inventory, counted, now }: DeviationsOf): OutboxEntry[] {
    const { vendor, model, firmwareVersion } = inventory;
    const known = { connectionId, vendor: vendor ?? '', model: model ?? '', firmwareVersion: firmwareVersion ?? '' };
    return counted.map(({ action, rule, direction, count, firstAt, lastAt }) =>
      eventEntry({
        ...station,
        pod: this.pod,
        now,
        time: { at: lastAt },
        payload: {
          $case: 'fieldDeviated',
          value: { action, rule, direction, count, firstAt, lastAt, ...known },
        },
      }),
    );
  }

  /** @throws OutboxFullError */
  async write(entries: readonly OutboxEntry[]): Promise<void> {
    this.limit.check();
    await this.commit.entriesAlone(entries);
  }
}
