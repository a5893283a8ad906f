import { BACKEND_CALLS, backendEnvelope } from '@ocpp-gw/contracts/backend';
import type { z } from 'zod';

/** What the gateway wraps around every request to the backend. */
export type Envelope = z.infer<typeof backendEnvelope>;

export type EnvelopeReading = { ok: true; envelope: Envelope } | { ok: false; problems: string[] };

const schemas = new Map(
  Object.values(BACKEND_CALLS).map(({ path, data }) => [path as string, backendEnvelope.extend({ data })]),
);

/** Reads a request body by the contract of its path; all faults are reported at once. */
export function readEnvelope(path: string, body: string): EnvelopeReading {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { ok: false, problems: ['the body is not JSON'] };
  }
  const parsed = (schemas.get(path) ?? backendEnvelope).safeParse(value);
  if (parsed.success) return { ok: true, envelope: value as Envelope };
  const problems = parsed.error.issues.map(({ path: at, message }) => `/${at.map(String).join('/')}: ${message}`);
  return { ok: false, problems };
}
