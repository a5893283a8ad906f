/** Parts of the interval. The members of one part beat together. */
const PARTS = 200;
const SHORTEST_PART_MS = 10;

export interface Beating {
  beat(): void;
}

/** Lets many beat at the same interval with one timer: a timer for each would be a third of what an idle connection holds. */
export class Beats {
  private readonly parts: Set<Beating>[];
  private readonly partMs: number;
  private at = 0;
  private members = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(intervalMs: number) {
    const count = Math.max(1, Math.min(PARTS, Math.floor(intervalMs / SHORTEST_PART_MS)));
    this.parts = Array.from({ length: count }, () => new Set());
    this.partMs = intervalMs / count;
  }

  /** The first beat is an interval from now. Returns what {@link leave} takes. */
  join(member: Beating): number {
    this.timer ??= setInterval(() => this.next(), this.partMs).unref();
    const part = (this.at + this.parts.length - 1) % this.parts.length;
    this.parts[part]?.add(member);
    this.members += 1;
    return part;
  }

  leave(member: Beating, part: number): void {
    if (!this.parts[part]?.delete(member)) return;
    this.members -= 1;
    if (this.members > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private next(): void {
    const due = this.parts[this.at] ?? [];
    this.at = (this.at + 1) % this.parts.length;
    for (const member of due) member.beat();
  }
}
