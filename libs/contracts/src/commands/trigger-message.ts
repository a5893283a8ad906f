import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { evseId } from './shared/fields.ts';

export const triggerMessage = defineCommand({
  kind: 'TriggerMessage',
  job: 'availability',
  summary: 'Ask for a message to be sent now (1.6 and 2.0.1 TriggerMessage)',
  request: z.strictObject({
    requested_message: grpcName(
      'MessageTrigger',
      z
        .enum([
          'BootNotification',
          'DiagnosticsStatusNotification',
          'FirmwareStatusNotification',
          'Heartbeat',
          'LogStatusNotification',
          'MeterValues',
          'PublishFirmwareStatusNotification',
          'SignChargingStationCertificate',
          'SignCombinedCertificate',
          'SignV2GCertificate',
          'StatusNotification',
          'TransactionEvent',
        ])
        .describe(
          'Message to send. OCPP 1.6 has BootNotification, DiagnosticsStatusNotification, FirmwareStatusNotification, Heartbeat, MeterValues and ' +
            'StatusNotification; OCPP 2.0.1 has all except DiagnosticsStatusNotification',
        )
        .meta({ examples: ['StatusNotification'] }),
    ),
    evse_id: evseId
      .optional()
      .describe(
        'Number of the EVSE (1.6: connector); absent means all of them, but OCPP 2.0.1 needs it for StatusNotification',
      ),
  }),
  example: { requested_message: 'StatusNotification', evse_id: 1 },
});
