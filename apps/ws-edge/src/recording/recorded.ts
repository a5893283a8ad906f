import { identityKey } from '@ocpp-gw/contracts';
import type { ChargePoints } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { hash } from 'node:crypto';

const EVERY_MS = 2_000;

export interface RecordedOptions {
  chargePoints: Pick<ChargePoints, 'recordedUntil'>;
  /** Share of the charge points that are recorded always, 0 to 1. */
  share: number;
  logger: Logger;
}

/**
 * The charge points whose frames are recorded: a share of all, and those of which an operator asks it for a time. The same charge points are in
 * the share on every pod and at every time, so that whole conversations are recorded.
 */
export class Recorded {
  private readonly options: RecordedOptions;
  /** Until when, Unix milliseconds. */
  private until: ReadonlyMap<string, number> = new Map();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: RecordedOptions) {
    this.options = options;
  }

  /** Whether the charge point is recorded always. */
  always(cpId: string): boolean {
    return isInShare(identityKey(cpId), this.options.share);
  }

  /** Whether an operator asks for the frames of the charge point now. */
  now(cpId: string): boolean {
    return this.until.size > 0 && (this.until.get(identityKey(cpId)) ?? 0) > Date.now();
  }

  /** Reads of whom it is asked, now and every two seconds. While Postgres is away it stays as it was. */
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
      const recorded = await chargePoints.recordedUntil();
      this.until = new Map([...recorded].map(([cpId, until]) => [identityKey(cpId), until.getTime()]));
    } catch (err) {
      logger.debug('recorded charge points not read', { err });
    }
  }
}

function isInShare(key: string, share: number): boolean {
  return share > 0 && hash('sha256', key, 'buffer').readUInt32BE() / 2 ** 32 < share;
}
