import { bareText } from './bare-text.ts';
import { timeStyle } from './charger-time.ts';
import { numberOf, textOf } from './exact-json.ts';
import type { FieldRuleId } from './field-rules.ts';
import type { Shape, Treatment } from './shape.ts';

/** The result for a value that cannot be read. */
export const NOTHING = Symbol('nothing');

export type Note = (rule: FieldRuleId) => void;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const TRUE = /^(true|1|yes|on)$/i;
const FALSE = /^(false|0|no|off)$/i;
/** Texts that some firmware writes where it has no value. */
const NO_WORD = /^(|-+|\?|0|null|nil|none|n\/?a|undefined)$/i;

/**
 * Reads one value that is neither an object nor a list, by its schema. Returns undefined where the value means that there is none,
 * and {@link NOTHING} where it cannot be read.
 */
export function mendValue(shape: Shape, treatment: Treatment, raw: unknown, note: Note): unknown {
  switch (shape.type) {
    case 'string':
      return mendText(shape, treatment, raw, note);
    case 'integer':
    case 'number':
      return mendNumber(shape, treatment, raw, note);
    case 'boolean':
      return mendBoolean(raw, note);
    case undefined:
    default:
      return NOTHING;
  }
}

function mendText(shape: Shape, treatment: Treatment, raw: unknown, note: Note): unknown {
  const text = typeof raw === 'string' ? raw : textFor(shape, raw, note);
  if (text === undefined) return NOTHING;
  if (shape.enum) return mendWord(shape.enum, treatment, text, note);
  if (shape.format === 'date-time') return mendTime(text, note);
  return mendLength(shape.maxLength ?? Infinity, treatment, text, note);
}

/** A number where text is due keeps all its digits; a structure becomes its JSON. */
function textFor(shape: Shape, raw: unknown, note: Note): string | undefined {
  const text = textOf(raw) ?? (shape.enum ? undefined : json(raw));
  if (text !== undefined && shape.format !== 'date-time') note('number-for-text');
  return text;
}

function json(raw: unknown): string | undefined {
  try {
    return JSON.stringify(raw);
  } catch {
    // The structure is nested too deeply for JSON.stringify.
    return undefined;
  }
}

function mendWord(words: readonly string[], treatment: Treatment, text: string, note: Note): unknown {
  if (words.includes(text)) return text;
  const trimmed = bareText(text);
  // Only enum values are compared, and none is longer than this.
  const bare = trimmed.length > 64 ? trimmed : lettersOf(trimmed);
  const known = bare === '' ? undefined : byLetters(words).get(bare);
  if (known !== undefined) {
    note('enum-letter-case');
    return known;
  }
  const elsewhere = Object.entries(treatment.words ?? {}).find(([word]) => lettersOf(word) === bare)?.[1];
  if (elsewhere !== undefined) {
    note('other-shape');
    return elsewhere;
  }
  if (treatment.blank !== 'kept' && NO_WORD.test(trimmed)) return undefined;
  if (treatment.otherwise === null) return NOTHING;
  note(treatment.otherwise === undefined ? 'unknown-word-kept' : 'unknown-word-replaced');
  return treatment.otherwise ?? text;
}

const BY_LETTERS = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function byLetters(words: readonly string[]): ReadonlyMap<string, string> {
  const known = BY_LETTERS.get(words) ?? new Map(words.map((word) => [lettersOf(word), word]));
  BY_LETTERS.set(words, known);
  return known;
}

/** Without case, blanks and marks: `SUSPENDED_EV` is SuspendedEV. */
export function lettersOf(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Handlers read times themselves, and keep the text: no message is refused for a clock (notes 2.11). */
function mendTime(text: string, note: Note): string {
  const style = timeStyle(text);
  if (style === 'without offset') note('timestamp-without-offset');
  else if (style === 'other') note('timestamp-other-format');
  else if (style === undefined) note('timestamp-unreadable');
  return text;
}

function mendLength(limit: number, treatment: Treatment, text: string, note: Note): string {
  if (text.length <= limit) return text;
  // JSON Schema counts code points, of which one has two units at most.
  const points = [...text.slice(0, 2 * (limit + 1))];
  if (points.length <= limit) return text;
  note(treatment.whole ? 'over-long-identifier' : 'over-long-text');
  return treatment.whole ? text : points.slice(0, limit).join('');
}

function mendNumber(shape: Shape, treatment: Treatment, raw: unknown, note: Note): unknown {
  const read = numberOf(raw) ?? numberInText(raw);
  if (read === undefined) {
    if (treatment.text !== 'kept' || typeof raw !== 'string') return NOTHING;
    note('text-for-number');
    return raw;
  }
  if (!Number.isFinite(read) || read < (shape.minimum ?? -Infinity) || read > (shape.maximum ?? Infinity))
    return NOTHING;
  const fraction = shape.type === 'integer' && !Number.isInteger(read);
  if (fraction && treatment.whole) return NOTHING;
  if (typeof raw === 'string') note('text-for-number');
  if (fraction) note('fractional-integer');
  return fraction ? Math.round(read) : read;
}

function numberInText(raw: unknown): number | undefined {
  return typeof raw === 'string' && raw.length < 400 && NUMBER.test(bareText(raw)) ? Number(bareText(raw)) : undefined;
}

function mendBoolean(raw: unknown, note: Note): unknown {
  if (typeof raw === 'boolean') return raw;
  const text = bareText(textOf(raw)?.slice(0, 10) ?? '');
  if (!TRUE.test(text) && !FALSE.test(text)) return NOTHING;
  note('value-for-boolean');
  return TRUE.test(text);
}
