import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';

/** The settings of a charge point that an operator decides. */
export const chargePointSettings = z
  .strictObject({
    password: z
      .string()
      .min(8)
      .max(40)
      .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII')
      .optional()
      .describe(
        'Password for HTTP Basic. OCPP requires 16 to 40 characters. An AuthorizationKey of OCPP 1.6 may be given as text or as ' +
          'hexadecimal digits in one letter case. The gateway stores only a hash of it',
      )
      .meta({ examples: ['correct-horse-battery'] }),
    security_profile: z
      .int()
      .min(0)
      .max(3)
      .optional()
      .describe(
        'OCPP security profile: 0 no password, 1 Basic, 2 TLS and Basic, 3 mutual TLS. The charge point must connect with exactly ' +
          'this profile. If absent, a new charge point has profile 1 when it has a password, or else 0; an existing charge point of ' +
          'profile 0 that is given a password has profile 1',
      )
      .meta({ examples: [1] }),
    tolerance: z
      .enum(['strict', 'lenient'])
      .nullable()
      .optional()
      .describe(
        'Whether deviations from OCPP are refused (strict) or understood (lenient); null means the gateway-wide setting',
      ),
    assume_ocpp16: z
      .boolean()
      .optional()
      .describe('Whether a connection that offers no subprotocol is taken for OCPP 1.6; false unless set'),
    server_ping: z
      .boolean()
      .optional()
      .describe(
        'Whether the gateway sends WebSocket pings to the charge point; true unless set. Some firmware closes its connection at a ping',
      ),
  })
  .meta({ id: 'ChargePointSettings' });

export type ChargePointSettings = z.infer<typeof chargePointSettings>;

/** The security profile that results from the settings. @throws ProblemError when Basic is left without a password. */
export function resultingProfile(settings: ChargePointSettings, existing: ChargePointRecord | null): number {
  const hasPassword = settings.password !== undefined || Boolean(existing?.passwordHash);
  // Profile 0 checks no password, so whoever sets a password wants profile 1.
  const usual = hasPassword ? 1 : 0;
  const inherited = settings.password === undefined ? existing?.securityProfile : existing?.securityProfile || usual;
  const profile = settings.security_profile ?? inherited ?? usual;
  if ((profile === 1 || profile === 2) && !hasPassword)
    throw new ProblemError('invalid-body', {
      errors: [
        {
          pointer: '/password',
          message: `is needed for security profile ${profile}: the charge point sends it when it connects`,
        },
      ],
    });
  return profile;
}
