import { z } from 'zod';

export const count = (min: number, max: number): z.ZodCoercedNumber =>
  z.coerce.number({ error: 'must be a whole number' }).int().min(min).max(max);
