import { z } from 'zod';

/** As callers give it, in any letter case. */
export const cpId = z.string().min(1).max(255).describe('Identity of the charge point; compared case-insensitively');

/** Of one to be created: what can be in the path of a connection, and with HTTP Basic before the colon. */
export const newCpId = cpId
  .refine((text) => !/[\p{C}\p{Zl}\p{Zp}/:]/u.test(text), 'must hold no slash, colon or control character')
  .describe('Identity of the charge point, without slash, colon or control character; compared case-insensitively');

/** Whom a message is for, where no path says so. */
export const addressed = z.object({ cp_id: cpId });
