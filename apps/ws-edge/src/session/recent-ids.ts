/**
 * Remembers the last ids of a connection, to detect one that is used again (notes 4.7). It keeps a hash of each, since the
 * ids themselves would be most of what a connection holds. With 53 bits another id is taken for one of them in no lifetime.
 */
export class RecentIds {
  private readonly hashes: number[] = [];
  private next = 0;

  constructor(private readonly limit: number) {}

  /** Returns whether `id` is among them, and adds it. */
  repeats(id: string): boolean {
    const hash = hashOf(id);
    if (this.hashes.includes(hash)) return true;
    this.hashes[this.next] = hash;
    this.next = (this.next + 1) % this.limit;
    return false;
  }
}

/** Two multiplicative hashes of 32 bits (as FNV-1a) with different factors, of which 53 bits fit a number. */
function hashOf(text: string): number {
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 2654435761);
    other = Math.imul(other ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 2 ** 32 * (other & 0x1fffff) + (one >>> 0);
}
