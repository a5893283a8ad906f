import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { evseId } from './shared/fields.ts';

export const reset = defineCommand({
  kind: 'Reset',
  summary: 'Reset the station, or one EVSE of a 2.0.1 station (1.6 and 2.0.1 Reset)',
  request: z.strictObject({
    type: grpcName(
      'ResetType',
      z
        .enum(['soft', 'hard'])
        .describe('soft: 1.6 Soft, 2.0.1 OnIdle; hard: 1.6 Hard, 2.0.1 Immediate')
        .meta({ examples: ['soft'] }),
    ),
    evse_id: evseId.optional().describe('2.0.1 only; absent resets the station'),
  }),
  example: { type: 'soft' },
});
