import type { AuthorizationStatus } from '@ocpp-gw/ocpp-j';
import { z } from 'zod';

export const BACKEND_ENVELOPE_VERSION = 1;

/** The envelope of everything that the gateway sends to the backend. Answers have no envelope. */
export interface BackendEnvelope<Data> {
  v: typeof BACKEND_ENVELOPE_VERSION;
  request_id: string;
  cp_id: string;
  /** ISO 8601, UTC. */
  sent_at: string;
  data: Data;
}

export interface RegisterData {
  protocol: string;
  vendor: string;
  model: string;
  serial_number?: string;
  firmware_version?: string;
  /** 2.0.1 BootReason. */
  reason?: string;
}

export interface AuthorizeData {
  id_token: string;
  /** 2.0.1 IdTokenEnumType; absent for 1.6. */
  id_token_type?: string;
}

export interface DataTransferData {
  vendor_id: string;
  message_id?: string;
  data?: string;
}

/** Backends write statuses in any letter case, with or without underscores, so both are ignored. */
function folded(text: string): string {
  return text.replace(/[_-]/g, '').toLowerCase();
}

export function oneOf<const T extends string>(values: readonly T[]): z.ZodType<T> {
  const bySpelling = new Map(values.map((value) => [folded(value), value]));
  return z.string().transform((text, context): T => {
    const value = bySpelling.get(folded(text));
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must be one of ${values.join(', ')}` });
    return z.NEVER;
  }) as unknown as z.ZodType<T>;
}

const AUTHORIZATION_STATUSES = [
  'Accepted',
  'Blocked',
  'ConcurrentTx',
  'Expired',
  'Invalid',
  'NoCredit',
  'NotAllowedTypeEVSE',
  'NotAtThisLocation',
  'NotAtThisTime',
  'Unknown',
] as const satisfies readonly AuthorizationStatus[];

export const registerAnswer = z.object({
  status: oneOf(['Accepted', 'Pending', 'Rejected']),
  heartbeat_interval_s: z.int().min(0).max(2_147_483_647).nullish(),
});

/** A language (RFC 5646) of at most the length that OCPP allows. */
const language = z.string().min(1).max(8).nullish();

export const authorizeAnswer = z.object({
  status: oneOf(AUTHORIZATION_STATUSES),
  expires_at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullish(),
  group_id_token: z.object({ id_token: z.string().min(1), type: z.string().min(1).nullish() }).nullish(),
  charging_priority: z.int().min(-9).max(9).nullish(),
  evse_ids: z.array(z.int().positive()).min(1).nullish(),
  language,
  personal_message: z
    .object({ format: oneOf(['ASCII', 'HTML', 'URI', 'UTF8']), language, content: z.string().max(512) })
    .nullish(),
});

export const dataTransferAnswer = z.object({
  status: oneOf(['Accepted', 'Rejected']),
  data: z.string().nullish(),
});

export type AuthorizeAnswer = z.infer<typeof authorizeAnswer>;
