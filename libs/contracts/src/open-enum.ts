import { z } from 'zod';

/**
 * A text with values that OCPP defines, where a charge point may send others. The API description lists the values for
 * generated clients, and allows any text.
 */
export function openEnum(knownValues: readonly string[]): z.ZodString {
  return z.string().meta({ knownValues });
}
