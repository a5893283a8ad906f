import { camelCase, renameKeys, type SettableChargingProfile } from '@ocpp-gw/contracts';
import { BACKEND_PATHS, chargingNeedsAnswer, type chargingNeedsData } from '@ocpp-gw/contracts/backend';
import type { ChargingNeedsAnswer, ChargingNeedsQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { z } from 'zod';
import type { AskBackend } from './backend-client.ts';
import { present } from './present.ts';

/** Answers the charging needs of an EV (OCPP 2.0.1 K15). Rejects only when the transaction cannot be looked up. */
export class ChargingNeeds {
  /** @param backend null when no backend accepts the call */
  constructor(
    private readonly backend: AskBackend | null,
    private readonly logger: Logger,
  ) {}

  /** @param running finds the transaction at the EVSE, null if there is none */
  async answer(
    cpId: string,
    { evseId, needs, maxScheduleTuples }: ChargingNeedsQuery,
    running: () => Promise<string | null>,
  ): Promise<ChargingNeedsAnswer> {
    // Accepted would promise a schedule, and without a backend nobody makes one. The EV charges within its present
    // limits.
    if (!this.backend) return { status: 'Rejected' };
    const transactionId = await running();
    const question: z.infer<typeof chargingNeedsData> = {
      evse_id: evseId,
      transaction_id: transactionId,
      charging_needs: needs,
      max_schedule_tuples: maxScheduleTuples ?? null,
    };
    try {
      const answer = await this.backend.ask(BACKEND_PATHS.chargingNeeds, cpId, question, chargingNeedsAnswer);
      if (answer.status !== 'Accepted' || !answer.charging_profile) return { status: answer.status };
      const profile = renameKeys(present(answer.charging_profile), camelCase) as SettableChargingProfile;
      return {
        status: answer.status,
        // The needs are those of the running transaction, whatever transaction the backend names.
        profile: { ...profile, ...(transactionId === null ? {} : { transactionId }) },
      };
    } catch (err) {
      // The event reports the needs all the same, and a profile may follow at any time.
      this.logger.warn('backend did not answer charging needs, the answer is Processing', { cpId, evseId, err });
      return { status: 'Processing' };
    }
  }
}
