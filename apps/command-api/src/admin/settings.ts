import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';
import { MAX_TAGS, tagName, tagValue } from './tags.ts';

const TOO_MANY = `must not become more than ${MAX_TAGS} tags`;

const password = z
  .string()
  .min(8)
  .max(40)
  .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII')
  .nullable()
  .optional()
  .describe(
    'Password for HTTP Basic. OCPP requires 16 to 40 characters. An AuthorizationKey of OCPP 1.6 may be given as text or as ' +
      'hexadecimal digits in one letter case. The gateway stores only a hash of it. Null removes the password',
  )
  .meta({ examples: ['correct-horse-battery'] });

const shape = {
  password,
  security_profile: z
    .int()
    .min(0)
    .max(3)
    .optional()
    .describe(
      'OCPP security profile: 0 no password, 1 Basic, 2 TLS and Basic, 3 mutual TLS; 1 and 2 need a password. The charge point must connect with exactly ' +
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
};

/** The settings of a charge point that an operator decides. */
export const chargePointSettings = z
  .strictObject({
    ...shape,
    tags: z
      .record(tagName, tagValue)
      .refine(hasRoom, TOO_MANY)
      .optional()
      .describe(`Tags by name, such as its site; at most ${MAX_TAGS}. They replace the tags that the charge point has`)
      .meta({ examples: [{ site: 'berlin' }] }),
  })
  .meta({ id: 'ChargePointSettings' });

export type ChargePointSettings = z.infer<typeof chargePointSettings>;

/** Changes of those settings. */
export const chargePointPatch = z
  .strictObject({
    ...shape,
    tags: z
      .record(tagName, tagValue.nullable())
      .optional()
      .describe('Tags by name. They are merged into the tags that the charge point has; null removes a tag')
      .meta({ examples: [{ site: 'berlin', operator: null }] }),
  })
  .meta({ id: 'ChargePointPatch' });

export type ChargePointPatch = z.infer<typeof chargePointPatch>;

function hasRoom(tags: object): boolean {
  return Object.keys(tags).length <= MAX_TAGS;
}

/** @throws ProblemError when the charge point would have too many tags. */
export function checkTagChanges(tags: Readonly<Record<string, string>>, changes: ChargePointPatch['tags'] = {}): void {
  const left = Object.entries({ ...tags, ...changes }).filter(([, value]) => value !== null);
  if (!hasRoom(Object.fromEntries(left)))
    throw new ProblemError('invalid-body', { errors: [{ pointer: '/tags', message: TOO_MANY }] });
}

type Credentials = Pick<ChargePointSettings, 'password' | 'security_profile'>;

/**
 * The security profile that results from the settings. A charge point that registered itself has profile 1 and no password until somebody
 * decides about either.
 * @throws ProblemError when the settings leave Basic without a password
 */
export function resultingProfile(settings: Credentials, existing: ChargePointRecord | null): number {
  const { password: given } = settings;
  if (existing && given === undefined && settings.security_profile === undefined) return existing.securityProfile;
  const hasPassword = given === undefined ? Boolean(existing?.passwordHash) : given !== null;
  // Profile 0 checks no password, so whoever sets a password wants profile 1.
  const usual = hasPassword ? 1 : 0;
  const inherited = given === undefined ? existing?.securityProfile : existing?.securityProfile || usual;
  const profile = settings.security_profile ?? inherited ?? usual;
  if ((profile === 1 || profile === 2) && !hasPassword)
    throw new ProblemError('invalid-body', {
      errors: [
        {
          pointer: '/password',
          message:
            given === null && settings.security_profile === undefined
              ? `cannot be removed from a charge point of security profile ${profile}; name security_profile 0 or 3 too`
              : `is needed for security profile ${profile}: the charge point sends it when it connects`,
        },
      ],
    });
  return profile;
}
