import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { connectorId, evseId } from './shared/fields.ts';

export const unlockConnector = defineCommand({
  kind: 'UnlockConnector',
  job: 'charging',
  summary: 'Unlock a connector (1.6 and 2.0.1 UnlockConnector)',
  request: z.strictObject({
    evse_id: evseId.describe('Number of the EVSE (1.6: connector)'),
    connector_id: connectorId.optional().describe('Connector of the EVSE (2.0.1 only); absent means 1'),
  }),
  example: { evse_id: 1 },
});
