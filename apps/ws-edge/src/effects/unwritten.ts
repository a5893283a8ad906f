import { DatabaseUnavailableError, isUnavailable } from '@ocpp-gw/persistence';
import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 1_000;
/** More than a pod has commands under way. */
const MOST = 10_000;

/** What could not be written because Postgres was away: it is written later, the oldest first, as long as the process lives. */
export class Unwritten<Item> {
  private readonly items: Item[] = [];
  private running = false;

  constructor(
    private readonly write: (item: Item) => Promise<void>,
    private readonly everyMs = EVERY_MS,
  ) {}

  /** Keeps the item if it was for this error that it could not be written. */
  keep(item: Item, error: unknown): void {
    if (!isAway(error)) return;
    this.items.push(item);
    if (this.items.length > MOST) this.items.shift();
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.items.length > 0) {
      await sleep(this.everyMs, undefined, { ref: false });
      await this.writeAll();
    }
    this.running = false;
  }

  private async writeAll(): Promise<void> {
    for (let item = this.items.shift(); item !== undefined; item = this.items.shift()) {
      try {
        await this.write(item);
      } catch (error) {
        // What Postgres refuses it would refuse for ever.
        if (!isAway(error)) continue;
        this.items.unshift(item);
        return;
      }
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof DatabaseUnavailableError || isUnavailable(error);
}
