import type { FieldRuleId } from './field-rules.ts';

/**
 * A whole string, or the rest of the text where one never ends; a colon without a value; a number that JSON has not. A
 * match begins at every quote, so no text is read twice.
 */
const TOKEN = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|:(?=\s*[,}])|(?:NaN|-?Infinity)(?=\s*[,}\]])/g;

/**
 * What text that is no JSON was meant for, where chargers are known to write it so: a field without its value is null
 * (notes 4.3), a bare NaN or Infinity is a text (notes 4.16). Undefined when that is not all that is wrong.
 */
export function repairJson(text: string): { value: unknown; noted: readonly FieldRuleId[] } {
  const noted = new Set<FieldRuleId>();
  const repaired = text.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return token;
    noted.add(token === ':' ? 'json-value-missing' : 'json-number-invalid');
    return token === ':' ? ':null' : `"${token}"`;
  });
  if (noted.size === 0) return { value: undefined, noted: [] };
  try {
    return { value: JSON.parse(repaired), noted: [...noted] };
  } catch {
    return { value: undefined, noted: [] };
  }
}
