import type { DisplayMessageRecord, NetworkProfileRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';
import type { SourceOf } from './render.ts';

const shownMessage = z
  .object({
    message_id: z.int().describe('Id of the message'),
    priority: z.string().describe('Priority of the message: AlwaysFront, InFront or NormalCycle'),
    state: z
      .string()
      .nullable()
      .describe('State of the charge point in which the message is shown; null means any state'),
    start_date_time: z.string().nullable().describe('When the message is first shown, ISO 8601; null means at once'),
    end_date_time: z
      .string()
      .nullable()
      .describe('When the message is removed, ISO 8601; null means when it is cleared'),
    transaction_id: z
      .string()
      .nullable()
      .describe('Transaction during which the message is shown; null when it is not bound to one'),
    message: z
      .object({
        format: z.string().describe('Format of the content: ASCII, HTML, URI or UTF8'),
        language: z.string().nullable().describe('Language of the content (RFC 5646); null when it was not given'),
        content: z.string().describe('Text to show'),
      })
      .describe('What is shown'),
    display: z
      .object({
        component: z.string().describe('Name of the component that is the display'),
        component_instance: z
          .string()
          .nullable()
          .describe('Instance of the component; null when only one component has this name'),
        evse_id: z.int().min(0).describe('EVSE of the display; 0 means the whole charge point'),
        connector_id: z.int().min(0).describe('Connector of the display; 0 means the whole EVSE'),
      })
      .nullable()
      .describe('Display that shows the message; null when the charge point chooses it'),
    seen_at: timestamp.describe('When the message was last read from the charge point or accepted by it'),
  })
  .meta({ id: 'ShownMessage' });

export const displayMessagePage = pageOf(shownMessage).meta({ id: 'ShownMessagePage' });

/** What a charge point shows, as the API names it. */
export function shownMessageOf({ messageId, message, seenAt }: DisplayMessageRecord): SourceOf<typeof shownMessage> {
  const { display } = message;
  const { id: evseId = 0, connectorId = 0 } = display?.evse ?? {};
  const shown = display && { component: display.name, componentInstance: display.instance, evseId, connectorId };
  return { ...message, messageId, seenAt, display: shown };
}

const networkProfile = z
  .object({
    configuration_slot: z.int().describe('Slot in which the charge point keeps the profile'),
    ocpp_version: z.string().describe('OCPP version of the profile; OCPP20 stands for 2.0.1'),
    ocpp_transport: z.string().describe('Transport of the profile: JSON or SOAP'),
    ocpp_csms_url: z.string().describe('URL of the CSMS, without the identity of the charge point'),
    message_timeout: z.int().describe('How long the charge point waits for an answer of the CSMS, in seconds'),
    security_profile: z.int().describe('OCPP security profile: 0 no password, 1 Basic, 2 TLS and Basic, 3 mutual TLS'),
    ocpp_interface: z.string().describe('Network interface that the charge point uses, such as Wired0 or Wireless1'),
    apn: z
      .object({
        apn: z.string().describe('Name or URL of the access point'),
        apn_user_name: z.string().nullable().describe('User name for the access point; null when it needs none'),
        preferred_network: z
          .string()
          .nullable()
          .describe('Preferred mobile network, as country code and network code; null when there is none'),
        use_only_preferred_network: z
          .boolean()
          .nullable()
          .describe('Whether no other network may be used; null when it was not given, which means false'),
        apn_authentication: z.string().describe('Authentication method: CHAP, NONE, PAP or AUTO'),
      })
      .nullable()
      .describe('Access point of a mobile network; null when the profile has none'),
    vpn: z
      .object({
        server: z.string().describe('Address of the VPN server'),
        user: z.string().describe('User name for the VPN'),
        group: z.string().nullable().describe('VPN group; null when there is none'),
        type: z.string().describe('Type of the VPN: IKEv2, IPSec, L2TP or PPTP'),
      })
      .nullable()
      .describe('Virtual private network; null when the profile has none'),
    set_at: timestamp.describe('When the charge point accepted the profile'),
  })
  .meta({ id: 'NetworkProfile' });

export const networkProfilePage = pageOf(networkProfile).meta({ id: 'NetworkProfilePage' });

export function networkProfileOf({ connection, ...slot }: NetworkProfileRecord): SourceOf<typeof networkProfile> {
  return { ...slot, ...connection };
}
