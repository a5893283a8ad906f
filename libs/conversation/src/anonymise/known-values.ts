/** A shorter value is part of too many other texts, and is found only as a whole. */
const SHORTEST_PART = 3;

/** The values that identify somebody in a conversation, to be found in whatever other text they stand. */
export class KnownValues {
  private readonly values = new Set<string>();
  /** The lengths of the values with the same beginning, so that a search does not grow with the number of values. */
  private readonly lengths = new Map<string, Set<number>>();
  private readonly found = new Map<string, boolean>();

  /** All have to be added before one is looked for. */
  add(value: string): void {
    const text = value.trim().toLowerCase();
    if (text === '' || this.values.has(text)) return;
    this.values.add(text);
    if (text.length < SHORTEST_PART) return;
    const beginning = text.slice(0, SHORTEST_PART);
    this.lengths.set(beginning, (this.lengths.get(beginning) ?? new Set()).add(text.length));
  }

  /** Whether a text is such a value, or holds one. */
  areIn(text: string): boolean {
    const lower = text.trim().toLowerCase();
    const known = this.found.get(lower);
    if (known !== undefined) return known;
    const found = this.values.has(lower) || this.holdsOne(lower);
    this.found.set(lower, found);
    return found;
  }

  /** Whether a text is such a value as a whole. */
  has(text: string): boolean {
    return this.values.has(text.toLowerCase());
  }

  private holdsOne(text: string): boolean {
    for (let at = 0; at + SHORTEST_PART <= text.length; at += 1) {
      for (const length of this.lengths.get(text.slice(at, at + SHORTEST_PART)) ?? [])
        if (this.values.has(text.slice(at, at + length))) return true;
    }
    return false;
  }
}
