import type { FieldRuleId } from '@ocpp-gw/ocpp-j';

/** Those that hold, for the `noted` of a decision. */
export function rulesMet(rules: Partial<Record<FieldRuleId, boolean>>): FieldRuleId[] {
  return (Object.keys(rules) as FieldRuleId[]).filter((id) => rules[id]);
}
