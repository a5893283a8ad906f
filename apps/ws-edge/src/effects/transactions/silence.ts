import { LedTask, type LedTaskOptions } from '@ocpp-gw/persistence';
import type { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Effects } from '../effects.ts';

export interface SilenceOptions {
  leadership: LedTaskOptions['leadership'];
  /** Reads over the pool: a slow look must not cost the leases of this pod. */
  ledgers: Pick<TransactionLedgers, 'silentSuspects'>;
  effects: Pick<Effects, 'commit'>;
  logger: Logger;
  /** How long a suspect transaction may be silent before it is ended. */
  silenceMs: number;
}

const AT_ONCE = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Ends suspect transactions that stay silent. */
export function silence({ leadership, ledgers, effects, logger, silenceMs }: SilenceOptions): LedTask {
  const run = async (stopping: AbortSignal): Promise<void> => {
    const now = new Date();
    const before = new Date(now.getTime() - silenceMs);
    for (const { cpId, protocol, transactionId } of await ledgers.silentSuspects(before, AT_ONCE)) {
      if (stopping.aborted) return;
      await effects.commit(
        { cpId, protocol },
        [{ kind: 'transactionEndInferred', transactionId, cause: 'silence' }],
        now,
      );
      logger.info('suspect transaction ended: nothing was heard of it', { cpId, transactionId });
    }
  };
  const pauseMs = Math.min(LONGEST_PAUSE_MS, silenceMs / 2);
  return new LedTask({ leadership, logger, name: 'transaction suspects', pauseMs, run });
}
