import { flag, port } from '@ocpp-gw/service-kit';
import { z } from 'zod';

const files = () =>
  z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((file) => file.trim())
        .filter((file) => file !== ''),
    )
    .default([]);

/** Settings of the port with TLS and of the port without. */
export const tlsConfig = {
  EVEYS_OCPP_WS_PLAIN: flag()
    .default(true)
    .describe('The gateway listens on EVEYS_OCPP_WS_PORT, which has no TLS; false leaves only EVEYS_OCPP_WS_TLS_PORT'),
  EVEYS_OCPP_WS_TLS_PORT: port()
    .optional()
    .describe('The OCPP WebSocket with TLS listens on this port. Without it there is none'),
  EVEYS_OCPP_WS_TLS_CERT_FILES: files().describe(
    'Files of server certificates with their chains, PEM, separated by commas. OCPP asks for an RSA and an EC one, as a charge ' +
      'point may know the cipher suites of only one',
  ),
  EVEYS_OCPP_WS_TLS_KEY_FILES: files().describe(
    'Files of the private keys in the order of the certificates, PEM without a passphrase',
  ),
  EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: z
    .string()
    .optional()
    .describe('File of the issuers of client certificates, PEM. Security profile 3 needs it'),
  EVEYS_OCPP_WS_TLS_REQUIRE_CLIENT_CERT: flag()
    .default(false)
    .describe('The TLS handshake fails for a client without a certificate. Use it where only proxies connect'),
};

const PORT = 'EVEYS_OCPP_WS_TLS_PORT';
const CERTS = 'EVEYS_OCPP_WS_TLS_CERT_FILES';
const KEYS = 'EVEYS_OCPP_WS_TLS_KEY_FILES';
const CLIENT_CA = 'EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE';

type TlsConfig = z.infer<z.ZodObject<typeof tlsConfig>>;

/** The settings that contradict each other, by variable. */
export function tlsProblems(config: TlsConfig): { variable: string; message: string }[] {
  const certificates = config[CERTS].length;
  const keys = config[KEYS].length;
  if (config[PORT] === undefined)
    return config.EVEYS_OCPP_WS_PLAIN
      ? []
      : [
          {
            variable: PORT,
            message: 'must be set when EVEYS_OCPP_WS_PLAIN is false: there is no other port for charge points',
          },
        ];
  if (certificates === 0) return [{ variable: CERTS, message: `must name a certificate when ${PORT} is set` }];
  if (keys !== certificates)
    return [{ variable: KEYS, message: `must name one key for each file of ${CERTS}: ${certificates}, not ${keys}` }];
  return config.EVEYS_OCPP_WS_TLS_REQUIRE_CLIENT_CERT && config[CLIENT_CA] === undefined
    ? [
        {
          variable: CLIENT_CA,
          message: 'must be set when client certificates are required: without it none is accepted',
        },
      ]
    : [];
}
