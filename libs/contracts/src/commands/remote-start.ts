import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { chargingProfile } from './shared/charging-profile.ts';
import { evseId, groupIdToken, idToken, idTokenType, int32, orNull } from './shared/fields.ts';

export const remoteStart = defineCommand({
  kind: 'RemoteStart',
  job: 'charging',
  summary: 'Start a transaction (1.6 RemoteStartTransaction, 2.0.1 RequestStartTransaction)',
  request: z.strictObject({
    id_token: idToken,
    id_token_type: idTokenType.optional(),
    group_id_token: groupIdToken.optional().describe('Group token (2.0.1 only)'),
    evse_id: evseId
      .optional()
      .describe(
        'Number of the EVSE (1.6: connector); absent means that the charge point chooses one, if its OCPP version allows that',
      ),
    remote_start_id: int32(1)
      .optional()
      .describe('remoteStartId of OCPP 2.0.1, which the transaction repeats; when it is absent the gateway chooses one')
      .meta({ examples: [7001] }),
    charging_profile: chargingProfile
      .optional()
      .describe('Charging profile for the transaction that starts: a TxProfile without transaction_id'),
  }),
  example: { id_token: '04E91C5A223C80', evse_id: 1 },
  made: 'remote_start_id',
  answer: {
    transaction_id: orNull(z.string()).describe(
      'Transaction that already runs, if the charge point named one (2.0.1); otherwise null',
    ),
  },
});
