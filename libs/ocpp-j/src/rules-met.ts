import { clockIsAbsurd } from './charger-time.ts';
import type { Sample } from './effects.ts';
import type { FieldRuleId } from './field-rules.ts';

/** The rules whose condition is true, for `noted` of a decision. */
export function rulesMet(rules: Partial<Record<FieldRuleId, boolean>>): FieldRuleId[] {
  return (Object.keys(rules) as FieldRuleId[]).filter((id) => rules[id]);
}

/** Which rules the readings of a message met. */
export function readingRules(
  meterValues: readonly { timestamp: string }[],
  samples: readonly Sample[],
  now: Date,
): Partial<Record<FieldRuleId, boolean>> {
  return {
    'clock-absurd': meterValues.some(({ timestamp }) => clockIsAbsurd(timestamp, now)),
    // Signed data need not be a number.
    'reading-not-numeric': samples.some(({ value, format }) => value === undefined && format !== 'SignedData'),
  };
}
