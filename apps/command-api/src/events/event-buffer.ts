/** How much a stream may hold that its reader has not taken. */
export interface BufferLimits {
  items: number;
  bytes: number;
}

interface Sized {
  bytes: number;
}

/** Items that wait for one reader, in order, within limits. */
export class EventBuffer<Item extends Sized> {
  private items: Item[] = [];
  private bytes = 0;
  private changed = Promise.withResolvers<void>();

  constructor(private readonly limits: BufferLimits) {}

  /** Adds the item unless the buffer is full. A buffer that is empty takes an item of any size. */
  offer(item: Item): boolean {
    const { items, bytes } = this.limits;
    const isFull = this.items.length >= items || (this.items.length > 0 && this.bytes + item.bytes > bytes);
    if (isFull) return false;
    this.items.push(item);
    this.bytes += item.bytes;
    this.wake();
    return true;
  }

  /** Adds the item as soon as there is room; returns false when the signal is aborted before. */
  async put(item: Item, ended: AbortSignal): Promise<boolean> {
    for (;;) {
      if (ended.aborted) return false;
      const { changed } = this;
      if (this.offer(item)) return true;
      await changed.promise;
    }
  }

  take(): Item | undefined {
    const item = this.items.shift();
    if (!item) return undefined;
    this.bytes -= item.bytes;
    this.wake();
    return item;
  }

  get isHalfFull(): boolean {
    return this.items.length > this.limits.items / 2 || this.bytes > this.limits.bytes / 2;
  }

  /** Resolves at the next change. */
  get change(): Promise<void> {
    return this.changed.promise;
  }

  /** Drops what is in it, and wakes who waits. */
  clear(): void {
    this.items = [];
    this.bytes = 0;
    this.wake();
  }

  private wake(): void {
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }
}
