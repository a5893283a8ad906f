import { ToldNumber } from './exact-json.ts';

const MAX_LENGTH = 200;
/** Parts of a structure that are looked at; what follows could not be shown anyway. */
const MAX_PARTS = 40;

/** What may name people and their cards, or open something: its length tells enough. */
const PRIVATE = /pass|secret|key|pin|credential|auth|token|tag|card|csr|cert|exi|signed|value|data|content|mail|phone/i;

/** The beginning of what a charger told at `path`, for the log, at a cost that the size of it does not change. */
export function excerpt(path: readonly (string | number)[], told: unknown): string {
  const field = String(path.findLast((step) => typeof step === 'string') ?? '');
  // A reading is nobody's secret.
  if (PRIVATE.test(field) && !path.includes('sampledValue')) return kindOf(told);
  const parts: string[] = [];
  write(told, parts, { left: MAX_PARTS });
  const text = parts.join('');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}

function kindOf(told: unknown): string {
  if (typeof told === 'string') return `(text of ${told.length} characters)`;
  if (Array.isArray(told)) return `(list of ${told.length})`;
  return told instanceof ToldNumber ? '(number)' : `(${told === null ? 'null' : typeof told})`;
}

function write(told: unknown, parts: string[], budget: { left: number }): void {
  if (budget.left-- <= 0) return;
  if (told instanceof ToldNumber) parts.push(told.source);
  else if (typeof told === 'string') parts.push(JSON.stringify(told.slice(0, MAX_LENGTH)));
  else if (typeof told !== 'object' || told === null) parts.push(String(told));
  else if (Array.isArray(told)) {
    parts.push('[');
    for (const item of told) {
      if (budget.left <= 0) break;
      write(item, parts, budget);
      parts.push(',');
    }
    parts.push(']');
  } else {
    parts.push('{');
    for (const key in told) {
      if (budget.left <= 0) break;
      parts.push(JSON.stringify(key.slice(0, MAX_LENGTH)), ':');
      const field = (told as Record<string, unknown>)[key];
      if (PRIVATE.test(key.slice(0, MAX_LENGTH))) parts.push('…');
      else write(field, parts, budget);
      parts.push(',');
    }
    parts.push('}');
  }
}
