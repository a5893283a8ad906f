import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { evseId } from './shared/fields.ts';

export const reset = defineCommand({
  kind: 'Reset',
  job: 'availability',
  summary: 'Reset the charge point, or one EVSE of a 2.0.1 charge point (1.6 and 2.0.1 Reset)',
  request: z.strictObject({
    type: grpcName(
      'ResetType',
      z
        .enum(['Soft', 'Hard'])
        .describe(
          'Kind of the reset, as OCPP 1.6 names it. A 2.0.1 charge point gets OnIdle for Soft and Immediate for Hard',
        )
        .meta({ examples: ['Soft'] }),
    ),
    evse_id: evseId.optional().describe('EVSE to reset (2.0.1 only); absent means the whole charge point'),
  }),
  example: { type: 'Soft' },
});
