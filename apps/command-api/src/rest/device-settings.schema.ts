import type { DisplayMessageRecord, NetworkProfileRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const shownMessage = z
  .object({
    message_id: z.int(),
    priority: z.string().describe('AlwaysFront, InFront or NormalCycle'),
    state: z.string().nullable().describe('Shown only while the charge point is in it'),
    start_date_time: z.string().nullable(),
    end_date_time: z.string().nullable(),
    transaction_id: z.string().nullable().describe('Shown only during it'),
    message: z.object({ format: z.string(), language: z.string().nullable(), content: z.string() }),
    display: z
      .object({
        component: z.string(),
        component_instance: z.string().nullable(),
        evse_id: z.int().describe('0: the whole charge point'),
        connector_id: z.int().describe('0: the whole EVSE'),
      })
      .nullable()
      .describe('null: the charge point chooses'),
    seen_at: timestamp,
  })
  .meta({ id: 'ShownMessage' });

export const displayMessagePage = pageOf(shownMessage).meta({ id: 'ShownMessagePage' });

export function renderDisplayMessage({
  messageId,
  message,
  seenAt,
}: DisplayMessageRecord): z.infer<typeof shownMessage> {
  const { display } = message;
  return {
    message_id: messageId,
    priority: message.priority,
    state: message.state ?? null,
    start_date_time: message.startDateTime ?? null,
    end_date_time: message.endDateTime ?? null,
    transaction_id: message.transactionId ?? null,
    message: {
      format: message.message.format,
      language: message.message.language ?? null,
      content: message.message.content,
    },
    display: display
      ? {
          component: display.name,
          component_instance: display.instance ?? null,
          evse_id: display.evse?.id ?? 0,
          connector_id: display.evse?.connectorId ?? 0,
        }
      : null,
    seen_at: seenAt.toISOString(),
  };
}

const networkProfile = z
  .object({
    configuration_slot: z.int(),
    ocpp_version: z.string().describe('OCPP20 stands for 2.0.1'),
    ocpp_transport: z.string(),
    ocpp_csms_url: z.string(),
    message_timeout: z.int().describe('Seconds'),
    security_profile: z.int(),
    ocpp_interface: z.string(),
    apn: z
      .object({
        apn: z.string(),
        apn_user_name: z.string().nullable(),
        preferred_network: z.string().nullable(),
        use_only_preferred_network: z.boolean().nullable(),
        apn_authentication: z.string(),
      })
      .nullable(),
    vpn: z.object({ server: z.string(), user: z.string(), group: z.string().nullable(), type: z.string() }).nullable(),
    set_at: timestamp,
  })
  .meta({ id: 'NetworkProfile' });

export const networkProfilePage = pageOf(networkProfile).meta({ id: 'NetworkProfilePage' });

export function renderNetworkProfile(record: NetworkProfileRecord): z.infer<typeof networkProfile> {
  const { apn, vpn, ...connection } = record.connection;
  return {
    configuration_slot: record.configurationSlot,
    ocpp_version: connection.ocppVersion,
    ocpp_transport: connection.ocppTransport,
    ocpp_csms_url: connection.ocppCsmsUrl,
    message_timeout: connection.messageTimeout,
    security_profile: connection.securityProfile,
    ocpp_interface: connection.ocppInterface,
    apn: apn
      ? {
          apn: apn.apn,
          apn_user_name: apn.apnUserName ?? null,
          preferred_network: apn.preferredNetwork ?? null,
          use_only_preferred_network: apn.useOnlyPreferredNetwork ?? null,
          apn_authentication: apn.apnAuthentication,
        }
      : null,
    vpn: vpn ? { server: vpn.server, user: vpn.user, group: vpn.group ?? null, type: vpn.type } : null,
    set_at: record.setAt.toISOString(),
  };
}
