import { readTransactions, type KeptInPostgres } from '@ocpp-gw/chaos';
import type { Stack } from './stack.ts';

export interface TargetOptions {
  urls: readonly string[];
  /** http://host:port/api/v1 */
  rest: string;
  token: string;
}

/** At once, so that reading is no load of its own. */
const READERS = 8;
/** Clocks of two machines differ. */
const CLOCKS_MS = 60_000;

/** A gateway that runs anyway: it is read through REST, and its processes are its own business. */
export function useTarget({ urls, rest, token }: TargetOptions): Stack {
  return {
    urls,
    rest,
    token,
    hasEvents: false,
    async readKept(cpIds, since) {
      const left = [...cpIds];
      const found: KeptInPostgres['transactions'][number][] = [];
      const reader = async (): Promise<void> => {
        for (let cpId = left.pop(); cpId !== undefined; cpId = left.pop())
          for (const one of await readTransactions(rest, token, cpId))
            if (Date.parse(one.started_at) >= since - CLOCKS_MS)
              found.push({
                cpId,
                transactionId: one.transaction_id,
                state: one.state,
                meterStartWh: one.meter_start_wh,
                meterLastWh: one.meter_stop_wh,
              });
      };
      await Promise.all(Array.from({ length: READERS }, reader));
      return { transactions: found, numbered: [], undelivered: {} };
    },
    stop: async () => undefined,
  };
}
