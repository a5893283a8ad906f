import { identityFault } from '@ocpp-gw/contracts';
import { z } from 'zod';

/** What can be in the path of a charger's connection, and nothing else: the rule is the edge's, too. In any letter case. */
export const cpId = z
  .string()
  .min(1)
  .max(255)
  .superRefine((text, context) => {
    const fault = identityFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  })
  .describe('Identity of the charge point; compared case-insensitively');

/** Of one to be created. */
export const newCpId = cpId.describe(
  'Identity of the charge point, without slash or control character; compared case-insensitively',
);

/** Whom a message is for, where no path says so. */
export const addressed = z.object({ cp_id: cpId });
