import { flag, seconds } from '@ocpp-gw/service-kit';
import { z } from 'zod';

/** Settings for the checks of ISO 15118 certificates. */
export const certificatesConfig = {
  EVEYS_OCPP_ISO15118_ROOTS_FILE: z
    .string()
    .optional()
    .describe(
      'Certificates that contract certificates, and OCSP responders, have to lead to, PEM: V2G and mobility operator roots, and ' +
        'authorities below them; unset: no contract certificate that the gateway is to check itself is accepted',
    ),
  EVEYS_OCPP_OCSP_TIMEOUT_S: seconds()
    .min(0.05)
    .default(5)
    .describe('The gateway waits this long for an OCSP responder, seconds. The charge point waits meanwhile'),
  EVEYS_OCPP_OCSP_ALLOW_PRIVATE_RESPONDERS: flag()
    .default(false)
    .describe(
      'The gateway may ask OCSP responders at private and local addresses. Their URLs come from charge points and certificates, so keep this off unless your responder is there',
    ),
};
