import type { ChargePoints } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { createHash } from 'node:crypto';

const EVERY_MS = 2_000;

export interface RecordedOptions {
  chargePoints: Pick<ChargePoints, 'traced'>;
  /** Share of the charge points that are recorded always, 0 to 1. */
  share: number;
  logger: Logger;
}

/**
 * The charge points whose frames are recorded: a share of all, and those that an operator traces for a time. The same charge points are in
 * the share on every pod and at every time, so that whole conversations are recorded.
 */
export class Recorded {
  private readonly options: RecordedOptions;
  /** Until when, Unix milliseconds. */
  private traced: ReadonlyMap<string, number> = new Map();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: RecordedOptions) {
    this.options = options;
  }

  /** A function that says whether the charge point is recorded now. */
  check(cpId: string): () => boolean {
    const key = keyOf(cpId);
    if (isInShare(key, this.options.share)) return () => true;
    return () => this.traced.size > 0 && (this.traced.get(key) ?? 0) > Date.now();
  }

  /** Reads who is traced, now and every two seconds. While Postgres is away it stays as it was. */
  async start(): Promise<void> {
    this.timer ??= setInterval(() => void this.read(), EVERY_MS).unref();
    await this.read();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async read(): Promise<void> {
    const { chargePoints, logger } = this.options;
    try {
      const traced = await chargePoints.traced();
      this.traced = new Map([...traced].map(([cpId, until]) => [keyOf(cpId), until.getTime()]));
    } catch (err) {
      logger.debug('traced charge points not read', { err });
    }
  }
}

/** Identities compare case-insensitively (notes 2.6). */
function keyOf(cpId: string): string {
  return cpId.toLowerCase();
}

function isInShare(key: string, share: number): boolean {
  return createHash('sha256').update(key).digest().readUInt32BE() / 2 ** 32 < share;
}
