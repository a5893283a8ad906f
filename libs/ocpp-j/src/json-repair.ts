import type { FieldRuleId } from './field-rules.ts';

/**
 * A whole string, or the rest of the text where one never ends; a colon without a value; commas, with the bracket before them
 * if there is one; a word outside of strings, such as a number; a control character, or one that has no width. A match begins
 * at every quote, so no text is read twice.
 */
const TOKEN =
  /"(?:[^"\\]|\\[^])*(?:"|\\?$)|:(?=\s*[,}])|[[{]\s*,[\s,]*|,[\s,]*|[+\-.\w#]+|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\ufeff]/g;
const CONTROL = /[\0-\x1f]/g;
const NUL = '\0';

/** What may follow a value. */
const END_OF_VALUE = /\s*[,}\]]/y;
/** Leading zeros, a plus, a point without digits before or behind it; and what C and JavaScript print for what is no number. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NO_NUMBER = /^[+-]?(?:nan|inf(?:inity)?|1\.#\w+)$/i;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** No number is longer. */
const MAX_NUMBER = 400;

export interface RepairedJson {
  value: unknown;
  /** The repaired text, which is JSON. */
  text: string;
  noted: readonly FieldRuleId[];
}

/**
 * Repairs text that is no JSON, where it can mean one thing only: a field without its value is null, a comma with
 * nothing before or behind it is none (notes 4.3), a bare NaN or a number in another spelling is a text (notes 4.16), a
 * control character stands for itself in a text and for nothing elsewhere, and a NUL behind it all ends the message, as in
 * C (notes 4.18). Undefined when something else is wrong, too.
 */
export function repairJson(raw: string): RepairedJson | undefined {
  const noted = new Set<FieldRuleId>();
  const parts: string[] = [];
  let from = 0;
  let begun = false;
  for (const { 0: token, index } of raw.matchAll(TOKEN)) {
    const behind = index + token.length;
    const meant = meaning(token, raw, behind, noted);
    if (meant === token) continue;
    const before = raw.slice(from, index);
    begun ||= before.trim() !== '';
    parts.push(before, meant);
    from = token === NUL && begun ? raw.length : behind;
    if (from === raw.length) break;
  }
  if (noted.size === 0) return undefined;
  const text = parts.join('') + raw.slice(from);
  try {
    return { value: JSON.parse(text), text, noted: [...noted] };
  } catch {
    return undefined;
  }
}

/** `behind`: where the token ends. */
function meaning(token: string, raw: string, behind: number, noted: Set<FieldRuleId>): string {
  if (token.startsWith('"')) {
    const escaped = token.replace(CONTROL, (character) => JSON.stringify(character).slice(1, -1));
    if (escaped !== token) noted.add('control-character');
    return escaped;
  }
  if (token === ':') {
    noted.add('json-value-missing');
    return ':null';
  }
  if (/^[[{,]/.test(token)) return withoutStrayCommas(token, raw.charAt(behind), noted);
  if (/^[+\-.\w#]/.test(token)) return numberMeant(token, raw, behind, noted);
  noted.add('control-character');
  return '';
}

function withoutStrayCommas(token: string, next: string, noted: Set<FieldRuleId>): string {
  const isStray = !token.startsWith(',') || next === ']' || next === '}';
  if (!isStray && token.indexOf(',', 1) < 0) return token;
  noted.add('json-comma-stray');
  if (token.startsWith(',')) return isStray ? '' : ',';
  return token.charAt(0);
}

function numberMeant(token: string, raw: string, behind: number, noted: Set<FieldRuleId>): string {
  if (token.length > MAX_NUMBER || JSON_NUMBER.test(token)) return token;
  END_OF_VALUE.lastIndex = behind;
  if (!(NUMBER.test(token) || NO_NUMBER.test(token)) || !END_OF_VALUE.test(raw)) return token;
  noted.add('json-number-invalid');
  return `"${token}"`;
}
