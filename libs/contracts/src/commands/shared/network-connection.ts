import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';
import { int32 } from './fields.ts';

/** How a 2.0.1 charge point reaches a CSMS (NetworkConnectionProfileType). */

const text = (max: number) => z.string().min(1).max(max);

const apn = grpcName(
  'Apn',
  z
    .strictObject({
      apn: text(512)
        .describe('Name of the access point')
        .meta({ examples: ['internet.example.com'] }),
      apn_user_name: text(20).optional().describe('User name at the access point'),
      apn_password: text(20).optional().describe('Password at the access point'),
      sim_pin: int32(0).optional().describe('PIN of the SIM card'),
      preferred_network: text(6).optional().describe('Mobile country code and network code of the preferred network'),
      use_only_preferred_network: z
        .boolean()
        .optional()
        .describe('Whether only the preferred network may be used; absent means false'),
      apn_authentication: grpcName(
        'ApnAuthentication',
        z.enum(['CHAP', 'NONE', 'PAP', 'AUTO']).describe('How the user is authenticated'),
      ),
    })
    .meta({ id: 'Apn' }),
);

const vpn = grpcName(
  'Vpn',
  z
    .strictObject({
      server: text(512).describe('Address of the VPN server'),
      user: text(20).describe('User name at the VPN server'),
      group: text(20).optional().describe('Group of the user'),
      password: text(20).describe('Password of the user'),
      key: text(255).describe('Shared secret of the VPN'),
      type: grpcName('VpnType', z.enum(['IKEv2', 'IPSec', 'L2TP', 'PPTP']).describe('Kind of VPN')),
    })
    .meta({ id: 'Vpn' }),
);

export const networkConnection = grpcName(
  'NetworkConnection',
  z
    .strictObject({
      ocpp_version: grpcName(
        'OcppVersion',
        z
          .enum(['OCPP12', 'OCPP15', 'OCPP16', 'OCPP20'])
          .describe('OCPP version of the connection; OCPP20 stands for 2.0.1'),
      ),
      ocpp_transport: grpcName(
        'OcppTransport',
        z.enum(['JSON', 'SOAP']).describe('Transport of the connection; OCPP 2.0.1 has only JSON'),
      ),
      ocpp_csms_url: z
        .url({ protocol: /^(wss?|https?)$/, error: 'must be a URL of ws, wss, http or https' })
        .max(512)
        .describe('URL of the CSMS, without the identity of the charge point'),
      message_timeout: int32(1)
        .describe('How long the charge point waits for an answer of the CSMS, in seconds')
        .meta({ examples: [30] }),
      security_profile: z
        .int()
        .min(0)
        .max(3)
        .describe('OCPP security profile: 0 no password, 1 password, 2 password and TLS, 3 client certificate'),
      ocpp_interface: grpcName(
        'OcppInterface',
        z
          .enum(['Wired0', 'Wired1', 'Wired2', 'Wired3', 'Wireless0', 'Wireless1', 'Wireless2', 'Wireless3'])
          .describe('Network interface of the charge point'),
      ),
      apn: apn.optional().describe('Access point of a mobile network; absent when the connection uses none'),
      vpn: vpn.optional().describe('VPN of the connection; absent when it uses none'),
    })
    .meta({ id: 'NetworkConnection' }),
);
