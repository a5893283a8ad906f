import { BACKEND_PATHS, costAnswer, type costData } from '@ocpp-gw/contracts/backend';
import type { CostAnswer, CostQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { AskBackend } from './backend-client.ts';

/** What is asked for, with what is known of the transaction since its start. */
export interface CostQuestion extends CostQuery {
  startedAt: Date | null;
  meterStartWh: number | null;
  /** From the start to the register of the query. */
  energyWh: number | null;
}

/** Gets the cost of a transaction, if the backend sends it in time. Never rejects. */
export class Costs {
  /** @param backend null when no backend accepts the call */
  constructor(
    private readonly backend: AskBackend | null,
    private readonly timeoutMs: number,
    private readonly logger: Logger,
  ) {}

  async cost(cpId: string, query: CostQuestion): Promise<CostAnswer | null> {
    if (!this.backend) return null;
    const enough = new AbortController();
    // The call itself continues, because a late cost does not mean that the backend is away.
    const late = sleep(this.timeoutMs, null, { signal: enough.signal }).catch(() => null);
    try {
      return await Promise.race([this.ask(this.backend, cpId, query), late]);
    } finally {
      enough.abort();
    }
  }

  private async ask(
    backend: AskBackend,
    cpId: string,
    { transactionId, final, startedAt, meterStartWh, meterWh, energyWh, at }: CostQuestion,
  ): Promise<CostAnswer | null> {
    const question: z.infer<typeof costData> = {
      transaction_id: transactionId,
      final,
      started_at: startedAt?.toISOString() ?? null,
      meter_start_wh: meterStartWh,
      meter_wh: meterWh ?? null,
      energy_wh: energyWh,
      at: at.toISOString(),
    };
    try {
      const answer = await backend.ask(BACKEND_PATHS.sessionCost, cpId, question, costAnswer);
      const { total_cost: totalCost, cost } = answer;
      if (cost) return { totalCost: Number(cost.amount), cost };
      return typeof totalCost === 'number' ? { totalCost } : null;
    } catch (err) {
      this.logger.warn('backend sent no cost', { cpId, transactionId, err });
      return null;
    }
  }
}
