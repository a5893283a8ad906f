import type { FieldRuleId } from './field-rules.ts';

/**
 * A whole string, or the rest of the text where one never ends; a colon without a value; a number that JSON has not; a
 * control character, or one that has no width. A match begins at every quote, so no text is read twice.
 */
const TOKEN =
  /"(?:[^"\\]|\\[^])*(?:"|\\?$)|:(?=\s*[,}])|(?:NaN|-?Infinity)(?=\s*[,}\]])|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\ufeff]/g;
const CONTROL = /[\0-\x1f]/g;
const NUL = '\0';

export interface RepairedJson {
  value: unknown;
  /** JSON now. */
  text: string;
  noted: readonly FieldRuleId[];
}

/**
 * What text that is no JSON was meant for, where chargers are known to write it so: a field without its value is null
 * (notes 4.3), a bare NaN or Infinity is a text (notes 4.16), a control character stands for itself in a text and for nothing elsewhere,
 * and a NUL behind it all ends the message, as in C (notes 4.18). Undefined when that is not all that is wrong.
 */
export function repairJson(told: string): RepairedJson | undefined {
  const noted = new Set<FieldRuleId>();
  const parts: string[] = [];
  let from = 0;
  let begun = false;
  for (const { 0: token, index } of told.matchAll(TOKEN)) {
    const meant = meaning(token, noted);
    if (meant === token) continue;
    const before = told.slice(from, index);
    begun ||= before.trim() !== '';
    parts.push(before, meant);
    from = token === NUL && begun ? told.length : index + token.length;
    if (from === told.length) break;
  }
  if (noted.size === 0) return undefined;
  const text = parts.join('') + told.slice(from);
  try {
    return { value: JSON.parse(text), text, noted: [...noted] };
  } catch {
    return undefined;
  }
}

function meaning(token: string, noted: Set<FieldRuleId>): string {
  if (token.startsWith('"')) {
    const escaped = token.replace(CONTROL, (character) => JSON.stringify(character).slice(1, -1));
    if (escaped !== token) noted.add('control-character');
    return escaped;
  }
  if (token === ':') {
    noted.add('json-value-missing');
    return ':null';
  }
  if (/[NI]/.test(token)) {
    noted.add('json-number-invalid');
    return `"${token}"`;
  }
  noted.add('control-character');
  return '';
}
