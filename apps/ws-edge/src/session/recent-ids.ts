/** The last ids of a connection, to notice one that comes again (notes 4.7). */
export class RecentIds {
  private readonly limit: number;
  private readonly ids = new Set<string>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether `id` is among them; it is from now on. */
  repeats(id: string): boolean {
    if (this.ids.has(id)) return true;
    this.ids.add(id);
    // A set keeps its order: the first is the oldest.
    for (const oldest of this.ids) {
      if (this.ids.size <= this.limit) break;
      this.ids.delete(oldest);
    }
    return false;
  }
}
