import type { MessageFilter } from '@ocpp-gw/clickhouse';
import { openEnum, type OcppMessage } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { withPeriod } from './filters.ts';
import { moment, pageOf, pageQuery, protocol, timestamp } from './page.ts';

const DIRECTIONS = ['in', 'out'] as const;
const KINDS = ['call', 'call_result', 'call_error', 'unreadable'] as const;
const OUTCOMES = ['result', 'error'] as const;

export const message = z
  .object({
    event_id: z.string().describe('Id of the frame on Kafka (UUID)'),
    occurred_at: timestamp.describe('When the gateway received or sent the frame'),
    protocol,
    direction: openEnum(DIRECTIONS).describe('in: from the charge point; out: to it'),
    kind: openEnum(KINDS).describe('Kind of the frame; unreadable: it is no OCPP message'),
    action: z.string().nullable().describe('OCPP action, of an answer that of its CALL; null when it is not known'),
    message_id: z
      .string()
      .nullable()
      .describe('Message id, by which an answer belongs to its CALL; null when it has none'),
    outcome: openEnum(OUTCOMES)
      .nullable()
      .describe('How the CALL was answered: with a result, or with an error; null for a CALL'),
    error_code: z.string().nullable().describe('Error code of a CALLERROR; else null'),
    latency_ms: z
      .number()
      .nullable()
      .describe('Milliseconds from the CALL to this answer; null when the CALL was not recorded, and for a CALL'),
    size_bytes: z.int().describe('Size of the frame as it was sent'),
    connection_id: z.string().describe('Connection, as in the events cp.connection'),
    number: z
      .int()
      .describe('Place among the recorded frames of the connection, from 1; a gap says that frames were lost'),
    transaction_id: z
      .string()
      .nullable()
      .describe(
        'Transaction that the frame names, as it names it; of an answer also that of its CALL; null when it names none',
      ),
    pod: z.string().describe('ws-edge pod that held the connection'),
    raw: z
      .string()
      .describe('The frame as it was sent, with secrets replaced by [redacted]')
      .meta({ examples: ['[2,"19223201","Heartbeat",{}]'] }),
  })
  .meta({ id: 'Message' });

export const messagePage = pageOf(message).meta({ id: 'MessagePage' });

const narrowed = {
  action: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Only frames of this OCPP action')
    .meta({ examples: ['StartTransaction'] }),
  direction: z.enum(DIRECTIONS).optional().describe('Only frames of this direction'),
  kind: z.enum(KINDS).optional().describe('Only frames of this kind'),
  outcome: z.enum(OUTCOMES).optional().describe('Only answers with this outcome'),
  transaction_id: z.string().min(1).max(255).optional().describe('Only frames of this transaction'),
  q: z.string().min(1).max(255).optional().describe('Only frames that hold this text, in any letter case'),
};

const period = {
  from: moment.optional().describe('Only frames of this time or later'),
  to: moment.optional().describe('Only frames before this time'),
};

export const messageQuery = withPeriod(
  z.strictObject({
    ...period,
    ...narrowed,
    connection_id: z.string().min(1).max(64).optional().describe('Only frames of this connection'),
    ...pageQuery({ preset: 100, max: 1000 }),
  }),
);

export const messageStreamQuery = z.strictObject(narrowed);

export function messageFilterOf({
  transaction_id: transactionId,
  connection_id: connectionId,
  q: text,
  ...filter
}: z.infer<typeof messageQuery>): Omit<MessageFilter, 'cpId'> {
  return { ...filter, transactionId, connectionId, text } as Omit<MessageFilter, 'cpId'>;
}

/** Whether a frame that is published now is one of those that are asked for. */
export function isAskedFor(query: z.infer<typeof messageStreamQuery>, frame: OcppMessage): boolean {
  const { action, direction, kind, outcome, transaction_id: transactionId, q } = query;
  const equal = [
    [action, frame.action],
    [direction, frame.direction],
    [kind, frame.kind],
    [outcome, frame.outcome],
    [transactionId, frame.transactionId],
  ];
  return (
    equal.every(([asked, has]) => asked === undefined || asked === has) &&
    (q === undefined || frame.raw.toLowerCase().includes(q.toLowerCase()))
  );
}

export const recordingRequest = z
  .strictObject({
    hours: z
      .number()
      .positive()
      .max(720)
      .describe('The frames of the charge point are recorded for so many hours from now')
      .meta({ examples: [24] }),
  })
  .meta({ id: 'RecordingRequest' });

export const recording = z
  .object({
    cp_id: z.string().describe('Identity of the charge point'),
    recorded_until: timestamp
      .nullable()
      .describe('Until when its frames are recorded; null when nobody has asked for it'),
  })
  .meta({ id: 'Recording' });
