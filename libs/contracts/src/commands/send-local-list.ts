import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { endTime, groupIdToken, idToken, idTokenType, int32 } from './shared/fields.ts';

export const localListEntry = grpcName(
  'LocalListEntry',
  z
    .strictObject({
      id_token: idToken,
      id_token_type: idTokenType.optional(),
      status: grpcName('LocalListStatus', z.enum(['Accepted', 'Blocked', 'Expired', 'Invalid', 'ConcurrentTx']))
        .optional()
        .describe(
          'Status of the id token; absent in a Differential update means that the entry is removed, and then it has no other field',
        ),
      expires_at: endTime.optional().describe('When the entry expires; absent means never'),
      group_id_token: groupIdToken.optional(),
    })
    .meta({ id: 'LocalListEntry' }),
);

export const sendLocalList = defineCommand({
  kind: 'SendLocalList',
  job: 'authorization',
  summary: 'Replace or change the local authorization list (1.6 and 2.0.1 SendLocalList)',
  request: z.strictObject({
    version: int32(1)
      .describe('Version of the list after the update')
      .meta({ examples: [12] }),
    update_type: grpcName(
      'UpdateType',
      z
        .enum(['Full', 'Differential'])
        .describe('Kind of the update: with Full the entries replace the list, with Differential they change it'),
    ),
    entries: z
      .array(localListEntry)
      .optional()
      .describe('Entries of the update. A Full update without entries empties the list'),
  }),
  example: { version: 12, update_type: 'Full', entries: [{ id_token: '04E91C5A223C80', status: 'Accepted' }] },
});
