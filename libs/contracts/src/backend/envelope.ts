import { z } from 'zod';
import { text } from './fields.ts';

export const BACKEND_ENVELOPE_VERSION = 1;

/** The envelope of everything that the gateway sends to the backend. Answers have no envelope. */
export const backendEnvelope = z.object({
  v: z.literal(BACKEND_ENVELOPE_VERSION).describe('Version of the contract'),
  request_id: text.describe('Names this request in the logs of the gateway'),
  cp_id: text.describe('Identity of the charge point'),
  sent_at: z.iso.datetime().describe('When it was sent, UTC'),
  data: z.record(z.string(), z.unknown()),
});

export type BackendEnvelope<Data> = Omit<z.infer<typeof backendEnvelope>, 'data'> & { data: Data };
