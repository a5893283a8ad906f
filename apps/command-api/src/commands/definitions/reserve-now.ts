import { defineCommand } from '../define-command.ts';
import { evseId, groupIdToken, idToken, idTokenType, request, reservationId, timestamp } from '../fields.ts';

export const reserveNow = defineCommand({
  kind: 'ReserveNow',
  slug: 'reserve-now',
  summary: 'Reserve an EVSE for a driver (1.6 and 2.0.1 ReserveNow)',
  request: request({
    reservation_id: reservationId
      .optional()
      .describe('The same id replaces the reservation; made by the gateway when absent'),
    id_token: idToken,
    id_token_type: idTokenType.optional(),
    group_id_token: groupIdToken.optional(),
    evse_id: evseId.optional().describe('EVSE (1.6: connector); absent means any of them'),
    expires_at: timestamp.describe('When the reservation ends'),
  }),
  example: { id_token: '04E91C5A223C80', evse_id: 1, expires_at: '2026-01-31T12:00:00Z' },
  made: 'reservation_id',
});
