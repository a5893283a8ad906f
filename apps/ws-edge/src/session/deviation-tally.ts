import type { FieldRuleId } from '@ocpp-gw/ocpp-j';

/** What was met, and where; see `FieldDeviated` in events.proto. */
export interface Deviation {
  action: string;
  rule: FieldRuleId;
  direction: 'request' | 'answer' | 'connection';
}

export interface CountedDeviation extends Deviation {
  count: number;
  firstAt: Date;
  lastAt: Date;
}

interface Kind extends CountedDeviation {
  /** Not published again before this time, Unix milliseconds. */
  dueAt: number;
}

const HOUR_MS = 3_600_000;
/** The kinds of deviations of a connection that are counted each by itself. */
const MOST = 100;
/** The action of those beyond. */
const OTHER = 'other';

/** Counts the deviations of one connection. */
export class DeviationTally {
  private readonly kinds = new Map<string, Kind>();

  add(deviation: Deviation, at: Date): void {
    const kind = this.kindOf(deviation, at);
    if (kind.count === 0) kind.firstAt = at;
    kind.lastAt = at;
    kind.count += 1;
  }

  /** What is due, and is counted from zero then: new kinds, others once an hour, and everything at the end of the connection. */
  take(now: Date, ended: boolean): CountedDeviation[] {
    const due = [...this.kinds.values()].filter(({ count, dueAt }) => count > 0 && (ended || dueAt <= now.getTime()));
    return due.map((kind) => {
      const { dueAt: _, ...counted } = kind;
      kind.count = 0;
      kind.dueAt = now.getTime() + HOUR_MS;
      return counted;
    });
  }

  private kindOf(deviation: Deviation, at: Date): Kind {
    const key = JSON.stringify([deviation.action, deviation.rule, deviation.direction]);
    const known = this.kinds.get(key);
    if (known) return known;
    if (this.kinds.size >= MOST && deviation.action !== OTHER) return this.kindOf({ ...deviation, action: OTHER }, at);
    const kind = { ...deviation, count: 0, firstAt: at, lastAt: at, dueAt: 0 };
    this.kinds.set(key, kind);
    return kind;
  }
}
