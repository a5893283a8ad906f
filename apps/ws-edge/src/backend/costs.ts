import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import type { CostQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AskBackend } from './backend-client.ts';
import { costAnswer, type CostData } from './contract-optional.ts';

/** Gets the cost of a transaction, if the backend sends it in time. Never rejects. */
export class Costs {
  /** @param backend null when no backend accepts the call */
  constructor(
    private readonly backend: AskBackend | null,
    private readonly timeoutMs: number,
    private readonly logger: Logger,
  ) {}

  async cost(cpId: string, query: CostQuery): Promise<number | null> {
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
    { transactionId, final, meterWh, at }: CostQuery,
  ): Promise<number | null> {
    const question: CostData = {
      transaction_id: transactionId,
      final,
      meter_wh: meterWh ?? null,
      at: at.toISOString(),
    };
    try {
      const answer = await backend.ask(BACKEND_PATHS.sessionCost, cpId, question, costAnswer);
      return answer.total_cost ?? null;
    } catch (err) {
      this.logger.warn('backend sent no cost', { cpId, transactionId, err });
      return null;
    }
  }
}
