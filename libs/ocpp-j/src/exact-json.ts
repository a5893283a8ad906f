/** A number that JavaScript would write in another way than the charger did, such as an identifier of 19 digits, or `1.10`. */
export class ExactNumber {
  /** As in the frame. */
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/**
 * JSON in which such numbers are {@link ExactNumber}. Slower than a plain reading, so only for what needs it. Throws as
 * JSON.parse does, and where the nesting exceeds the stack.
 */
export function parseExactly(text: string): unknown {
  const exact: Reviver = (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? new ExactNumber(source) : value;
  return JSON.parse(text, exact as (key: string, value: unknown) => unknown);
}

/** The number itself; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (value instanceof ExactNumber) return Number(value.source);
  return typeof value === 'number' ? value : undefined;
}

/** The text of a number or text; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  if (value instanceof ExactNumber) return value.source;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The same value with plain numbers, for parts that no schema describes. */
export function withoutSources(value: unknown): unknown {
  if (value instanceof ExactNumber) return Number(value.source);
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutSources(field)]));
}
