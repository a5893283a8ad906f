/** A shorter value is part of too many other texts. */
const SHORTEST_PART = 3;

/** The values that identify somebody in a conversation, to be found in whatever other text they stand. */
export class KnownValues {
  private readonly values = new Set<string>();
  private readonly found = new Map<string, boolean>();
  private pattern: RegExp | undefined;

  add(value: string): void {
    const text = value.trim().toLowerCase();
    if (text !== '') this.values.add(text);
  }

  /** Whether a text is such a value, or holds one. All have to be added before. */
  areIn(text: string): boolean {
    const lower = text.trim().toLowerCase();
    const known = this.found.get(lower);
    if (known !== undefined) return known;
    this.pattern ??= patternOf(this.values);
    const found = this.values.has(lower) || this.pattern.test(lower);
    this.found.set(lower, found);
    return found;
  }

  /** Whether a text is such a value as a whole. */
  has(text: string): boolean {
    return this.values.has(text.toLowerCase());
  }
}

function patternOf(values: ReadonlySet<string>): RegExp {
  const parts = [...values].filter(({ length }) => length >= SHORTEST_PART).map(escaped);
  // Without values nothing matches.
  return new RegExp(parts.length === 0 ? '(?!)' : parts.join('|'));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
