/** Remembers the last ids of a connection, to detect one that is used again (notes 4.7). */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly limit: number) {}

  /** Returns whether `id` is among them, and adds it. */
  repeats(id: string): boolean {
    if (this.ids.has(id)) return true;
    this.ids.add(id);
    // A set keeps its insertion order, so the first id is the oldest.
    for (const oldest of this.ids) {
      if (this.ids.size <= this.limit) break;
      this.ids.delete(oldest);
    }
    return false;
  }
}
