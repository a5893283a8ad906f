import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { groupIdToken, idToken, idTokenType, int32, request, timestamp } from '../fields.ts';

const entry = z
  .strictObject({
    id_token: idToken,
    id_token_type: idTokenType.optional(),
    status: z
      .enum(['Accepted', 'Blocked', 'Expired', 'Invalid', 'ConcurrentTx'])
      .optional()
      .describe('Absent in a differential update: the entry is removed'),
    expires_at: timestamp.optional().describe('Until when the entry holds; absent: always'),
    group_id_token: groupIdToken.optional(),
  })
  .meta({ id: 'LocalListEntry' });

export const sendLocalList = defineCommand({
  kind: 'SendLocalList',
  slug: 'send-local-list',
  summary: 'Replace or change the local authorization list (1.6 and 2.0.1 SendLocalList)',
  request: request({
    version: int32(1)
      .describe('Of the list after the update')
      .meta({ examples: [12] }),
    update_type: z
      .enum(['full', 'differential'])
      .describe('full: the entries are the list; differential: they change it'),
    entries: z.array(entry).optional().describe('Absent or empty in a full update: the list is emptied'),
  }),
  example: { version: 12, update_type: 'full', entries: [{ id_token: '04E91C5A223C80', status: 'Accepted' }] },
});
