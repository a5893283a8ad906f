import { ExactNumber } from './exact-json.ts';

const MAX_LENGTH = 200;
/** At most this many parts of a structure are read; the rest would not fit into the excerpt. */
const MAX_PARTS = 40;

/** Names of fields that may hold names of people, id tokens or secrets. Only the length of their text is logged. */
const PRIVATE = /pass|secret|key|pin|credential|auth|token|tag|card|csr|cert|exi|signed|value|data|content|mail|phone/i;

/** The beginning of the raw value at `path`, for the log. The cost does not depend on the size of the value. */
export function excerpt(path: readonly (string | number)[], raw: unknown): string {
  const field = String(path.findLast((step) => typeof step === 'string') ?? '');
  // A sampled value is never private.
  if (PRIVATE.test(field) && !path.includes('sampledValue')) return kindOf(raw);
  const parts: string[] = [];
  write(raw, parts, { left: MAX_PARTS });
  const text = parts.join('');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}

function kindOf(raw: unknown): string {
  if (typeof raw === 'string') return `(text of ${raw.length} characters)`;
  if (Array.isArray(raw)) return `(list of ${raw.length})`;
  return raw instanceof ExactNumber ? '(number)' : `(${raw === null ? 'null' : typeof raw})`;
}

function write(raw: unknown, parts: string[], budget: { left: number }): void {
  if (budget.left-- <= 0) return;
  if (raw instanceof ExactNumber) parts.push(raw.source);
  else if (typeof raw === 'string') parts.push(JSON.stringify(raw.slice(0, MAX_LENGTH)));
  else if (typeof raw !== 'object' || raw === null) parts.push(String(raw));
  else if (Array.isArray(raw)) {
    parts.push('[');
    for (const item of raw) {
      if (budget.left <= 0) break;
      write(item, parts, budget);
      parts.push(',');
    }
    parts.push(']');
  } else {
    parts.push('{');
    for (const key in raw) {
      if (budget.left <= 0) break;
      parts.push(JSON.stringify(key.slice(0, MAX_LENGTH)), ':');
      const field = (raw as Record<string, unknown>)[key];
      if (PRIVATE.test(key.slice(0, MAX_LENGTH))) parts.push('…');
      else write(field, parts, budget);
      parts.push(',');
    }
    parts.push('}');
  }
}
