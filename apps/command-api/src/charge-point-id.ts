import { identityFault } from '@ocpp-gw/contracts';
import { z } from 'zod';

/** An identity that can stand in the path of a connection. ws-edge checks handshakes by the same rule. */
export const cpId = z
  .string()
  .min(1)
  .max(255)
  .superRefine((text, context) => {
    const fault = identityFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  })
  .describe('Identity of the charge point, in any letter case, without slash or control character')
  .meta({ pattern: '^[^/\\u0000-\\u001f\\u007f-\\u009f]+$' });

/** The identity of a charge point that is to be created. */
export const newCpId = cpId.describe(
  'Identity of the charge point, without slash or control character; a charge point that exists is found in any letter case',
);

/** Names the charge point in a request that has no path, that is in gRPC. */
export const addressed = z.object({ cp_id: cpId });
