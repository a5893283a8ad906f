import * as z from 'zod';

/** The version of Open OCPP Trace that is written (https://github.com/open-ocpp-trace/specification). */
export const TRACE_VERSION = '1.1';

const zonedTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i, {
  error: 'must be an ISO 8601 time with a zone, such as 2026-01-31T12:00:00.000Z',
});

/** What this gateway knows of a frame, and the format has no field for. */
const gateway = z.object({
  eventId: z.string().optional(),
  connectionId: z.string().optional(),
  transactionId: z.string().optional(),
  latencyMs: z.number().optional(),
  sizeBytes: z.number().optional(),
});

/** One line of a trace. Unknown fields are ignored, as the format demands. */
export const traceRecord = z.object({
  schemaVersion: z.string().regex(/^1\.\d+$/, {
    error: `must be 1.x: this reads Open OCPP Trace ${TRACE_VERSION}, so convert the trace to that version`,
  }),
  timestamp: zonedTime,
  ocppVersion: z.string().optional(),
  transport: z.literal('json', { error: 'must be json: OCPP over SOAP cannot be read, so leave such lines out' }),
  chargePointId: z.string().optional(),
  connectorId: z.int().nonnegative().optional(),
  direction: z.enum(['cp-to-csms', 'csms-to-cp']),
  messageType: z.enum(['CALL', 'CALLRESULT', 'CALLERROR']),
  messageId: z.string().optional(),
  action: z.string().optional(),
  payload: z.unknown().optional(),
  raw: z.string().optional(),
  error: z
    .object({ code: z.string().optional(), description: z.string().optional(), details: z.unknown().optional() })
    .optional(),
  meta: z.looseObject({ gateway: gateway.optional() }).optional(),
});

export type TraceRecord = z.infer<typeof traceRecord>;

/** One event in the format of OCPP DebugKit, as a line of its own or in a list. */
export const debugKitEvent = z.object({
  timestamp: z.union([zonedTime, z.number()]),
  direction: z.enum(['CS_TO_CSMS', 'CSMS_TO_CS']),
  message: z.array(z.unknown()).min(3),
});

export type DebugKitEvent = z.infer<typeof debugKitEvent>;
