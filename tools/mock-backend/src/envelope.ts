/** What the gateway wraps around every request to the backend. */
export interface Envelope {
  v: 1;
  request_id: string;
  cp_id: string;
  /** RFC 3339. */
  sent_at: string;
  data: Record<string, unknown>;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const FIELDS: Record<keyof Envelope, { holds: (value: unknown) => boolean; must: string }> = {
  v: { holds: (value) => value === 1, must: 'the number 1' },
  request_id: { holds: isText, must: 'a non-empty string' },
  cp_id: { holds: isText, must: 'a non-empty string' },
  sent_at: {
    holds: (value) => isText(value) && !Number.isNaN(Date.parse(value as string)),
    must: 'an RFC 3339 date-time',
  },
  data: { holds: isObject, must: 'an object' },
};

export type EnvelopeReading = { ok: true; envelope: Envelope } | { ok: false; problems: string[] };

/** Reads a request body; all faults are reported at once. */
export function readEnvelope(body: string): EnvelopeReading {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { ok: false, problems: ['the body is not JSON'] };
  }
  if (!isObject(value))
    return { ok: false, problems: ['the body must be an object {v, request_id, cp_id, sent_at, data}'] };
  const problems = Object.entries(FIELDS)
    .filter(([name, field]) => !field.holds(value[name]))
    .map(([name, field]) => (name in value ? `${name} must be ${field.must}` : `${name} is missing (${field.must})`));
  return problems.length ? { ok: false, problems } : { ok: true, envelope: value as unknown as Envelope };
}
