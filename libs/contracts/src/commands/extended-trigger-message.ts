import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { evseId } from './shared/fields.ts';

export const extendedTriggerMessage = defineCommand({
  kind: 'ExtendedTriggerMessage',
  job: 'availability',
  summary:
    'Ask for a message of the security extension to be sent now (1.6 ExtendedTriggerMessage, 2.0.1 TriggerMessage)',
  request: z.strictObject({
    requested_message: grpcName(
      'MessageTrigger',
      z
        .enum([
          'BootNotification',
          'FirmwareStatusNotification',
          'Heartbeat',
          'LogStatusNotification',
          'MeterValues',
          'SignChargePointCertificate',
          'StatusNotification',
        ])
        .describe('Message to send; SignChargePointCertificate makes the charge point request a new certificate')
        .meta({ examples: ['SignChargePointCertificate'] }),
    ),
    evse_id: evseId.optional().describe('Number of the EVSE (1.6: connector); absent means all of them'),
  }),
  example: { requested_message: 'SignChargePointCertificate' },
});
