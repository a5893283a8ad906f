import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { int32 } from './shared/fields.ts';
import { networkConnection } from './shared/network-connection.ts';

export const setNetworkProfile = defineCommand({
  kind: 'SetNetworkProfile',
  job: 'configuration',
  summary: 'Set a network profile with which the charge point can reach its CSMS (2.0.1 only; 1.6 has none)',
  nearest: 'change-configuration',
  request: z.strictObject({
    configuration_slot: int32(0)
      .describe(
        'Slot in which the profile is stored; OCPPCommCtrlr.NetworkConfigurationPriority sets the order of the slots',
      )
      .meta({ examples: [2] }),
    connection_data: networkConnection,
  }),
  example: {
    configuration_slot: 2,
    connection_data: {
      ocpp_version: 'OCPP20',
      ocpp_transport: 'JSON',
      ocpp_csms_url: 'wss://csms.example.com/ocpp',
      message_timeout: 30,
      security_profile: 2,
      ocpp_interface: 'Wired0',
    },
  },
});
