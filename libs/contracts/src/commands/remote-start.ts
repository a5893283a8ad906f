import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { chargingProfile } from './shared/charging-profile.ts';
import { evseId, groupIdToken, idToken, idTokenType, int32, orNull } from './shared/fields.ts';

export const remoteStart = defineCommand({
  kind: 'RemoteStart',
  summary: 'Start a transaction (1.6 RemoteStartTransaction, 2.0.1 RequestStartTransaction)',
  request: z.strictObject({
    id_token: idToken,
    id_token_type: idTokenType.optional(),
    group_id_token: groupIdToken.optional().describe('2.0.1 only: identifier of the group'),
    evse_id: evseId
      .optional()
      .describe('EVSE (1.6: connector); absent leaves the choice to the charge point where its version allows'),
    remote_start_id: int32(1)
      .optional()
      .describe('2.0.1 remoteStartId, found again on the transaction; made by the gateway when absent')
      .meta({ examples: [7001] }),
    charging_profile: chargingProfile
      .optional()
      .describe('For the transaction that starts: a TxProfile without transaction_id'),
  }),
  example: { id_token: '04E91C5A223C80', evse_id: 1 },
  made: 'remote_start_id',
  answer: {
    transaction_id: orNull(z.string()).describe(
      'Transaction already running, if the charge point named it (2.0.1); else null',
    ),
  },
});
