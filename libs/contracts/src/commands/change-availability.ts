import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { connectorId, evseId } from './shared/fields.ts';

export const changeAvailability = defineCommand({
  kind: 'ChangeAvailability',
  job: 'availability',
  summary: 'Make the charge point, an EVSE or a connector operative or inoperative (1.6 and 2.0.1 ChangeAvailability)',
  request: z
    .strictObject({
      operative: z
        .boolean()
        .describe('Whether the charge point, EVSE or connector may charge')
        .meta({ examples: [false] }),
      evse_id: evseId.optional().describe('Number of the EVSE (1.6: connector); absent means the whole charge point'),
      connector_id: connectorId.optional().describe('Connector of the EVSE (2.0.1 only); absent means the whole EVSE'),
    })
    .refine(({ evse_id, connector_id }) => connector_id === undefined || evse_id !== undefined, {
      path: ['evse_id'],
      message: 'is needed with connector_id',
    })
    .meta({ dependentRequired: { connector_id: ['evse_id'] } }),
  example: { operative: false, evse_id: 1 },
});
