import type { Leadership } from '@ocpp-gw/persistence';
import type { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Effects } from '../effects.ts';

export interface SilenceOptions {
  leadership: Leadership;
  /** Reads over the pool: a slow look must not cost the leases of this pod. */
  ledgers: Pick<TransactionLedgers, 'silentSuspects'>;
  effects: Pick<Effects, 'commit'>;
  logger: Logger;
  /** How long a suspect transaction may be silent before it is ended. */
  silenceMs: number;
}

const AT_ONCE = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Ends suspect transactions that stay silent. Only one pod of the fleet does it at a time. */
export class Silence {
  private readonly pauseMs: number;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: SilenceOptions) {
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, options.silenceMs / 2);
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { leadership, logger } = this.options;
    while (!this.stopping.signal.aborted) {
      try {
        await leadership.withLeadership('transaction suspects', async (lease) => {
          while (!this.stopping.signal.aborted && !lease.lost.aborted) {
            await this.endSilent();
            await this.pause();
          }
        });
      } catch (err) {
        logger.warn('suspect transactions could not be checked', { err });
      }
      await this.pause();
    }
  }

  private async endSilent(): Promise<void> {
    const now = new Date();
    const before = new Date(now.getTime() - this.options.silenceMs);
    for (const { cpId, protocol, transactionId } of await this.options.ledgers.silentSuspects(before, AT_ONCE)) {
      if (this.stopping.signal.aborted) return;
      await this.options.effects.commit(
        { cpId, protocol },
        [{ kind: 'transactionEndInferred', transactionId, cause: 'silence' }],
        now,
      );
      this.options.logger.info('suspect transaction ended: nothing was heard of it', { cpId, transactionId });
    }
  }

  private async pause(): Promise<void> {
    await sleep(this.pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
