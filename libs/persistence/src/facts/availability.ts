import { int32 } from '../column-values.ts';
import { upsert } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const availability = {
  availabilityChanged: {
    table: 'availability',
    conflictKey: ({ evseId, connectorId }) => ['availability', evseId, connectorId],
    write: [
      upsert('availability', {
        cp_id: cpId,
        evse_id: ({ effect }) => int32(effect.evseId),
        connector_id: ({ effect }) => int32(effect.connectorId),
        operative: ({ effect }) => effect.operative,
        scheduled: ({ effect }) => effect.scheduled,
        changed_at: receivedAt,
      }),
    ],
  },
} satisfies Facts;
