import type { Commands } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
/** Rows that one statement deletes, so that none of them holds the table for long. */
const BATCH = 1_000;

/** Deletes old commands once an hour. Several pods may do it at once. */
export class CommandRetention {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly commands: Pick<Commands, 'prune'>,
    private readonly days: number,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.run(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Returns how many were deleted. Never rejects: what is left is deleted an hour later. */
  async run(): Promise<number> {
    const before = new Date(Date.now() - this.days * DAY_MS);
    let deleted = 0;
    try {
      let last: number;
      do {
        last = await this.commands.prune(before, BATCH);
        deleted += last;
      } while (last === BATCH);
    } catch (err) {
      this.logger.warn('old commands could not be deleted', { err });
    }
    return deleted;
  }
}
