import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';

/** What an operator decides about a charge point. */
export const chargePointSettings = z
  .strictObject({
    password: z
      .string()
      .min(8)
      .max(40)
      .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII')
      .optional()
      .describe(
        'For HTTP Basic. The specifications want 16 to 40 characters; an AuthorizationKey of 1.6 may be given as text or as ' +
          'hex digits in one letter case. Only its hash is kept',
      )
      .meta({ examples: ['correct-horse-battery'] }),
    security_profile: z
      .int()
      .min(0)
      .max(3)
      .optional()
      .describe(
        '0 none, 1 Basic, 2 TLS and Basic, 3 mutual TLS: no other gets in. For a new charge point 1 with a password, else 0; ' +
          'a password given to one of profile 0 makes it 1',
      )
      .meta({ examples: [1] }),
    tolerance: z
      .enum(['strict', 'lenient'])
      .nullable()
      .optional()
      .describe('How deviations from the schemas are met; null: the gateway-wide setting'),
    assume_ocpp16: z
      .boolean()
      .optional()
      .describe('It is taken for OCPP 1.6 when it offers no subprotocol; false unless set'),
    server_ping: z
      .boolean()
      .optional()
      .describe('Whether it is sent WebSocket pings; true unless set. Some firmware drops the link on one'),
  })
  .meta({ id: 'ChargePointSettings' });

export type ChargePointSettings = z.infer<typeof chargePointSettings>;

/** The security profile that the settings lead to. @throws ProblemError when Basic is left without a password. */
export function resultingProfile(settings: ChargePointSettings, existing: ChargePointRecord | null): number {
  const hasPassword = settings.password !== undefined || Boolean(existing?.passwordHash);
  // Profile 0 asks for no password: whoever sets one wants it asked for.
  const usual = hasPassword ? 1 : 0;
  const inherited = settings.password === undefined ? existing?.securityProfile : existing?.securityProfile || usual;
  const profile = settings.security_profile ?? inherited ?? usual;
  if ((profile === 1 || profile === 2) && !hasPassword)
    throw new ProblemError('invalid-body', {
      errors: [
        {
          pointer: '/password',
          message: `is needed for security profile ${profile}: the charge point sends it at connect`,
        },
      ],
    });
  return profile;
}
