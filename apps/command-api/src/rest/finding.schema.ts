import { FINDING_KINDS, SEVERITIES, type Finding } from '@ocpp-gw/conversation';
import { openEnum } from '@ocpp-gw/contracts';
import { z } from 'zod';
import type { GatheredConversation } from '../reads/conversations.ts';
import { flag, withPeriod } from './filters.ts';
import { moment, timestamp } from './page.ts';
import type { SourceOf } from './render.ts';

const DAY_MS = 86_400_000;

export const FINDING = openEnum(Object.keys(FINDING_KINDS)).describe('Kind of the finding, see docs/findings.md');
export const SEVERITY = z
  .enum(SEVERITIES)
  .describe(
    'critical: sessions, money or the connection are at stake; warning: something does not work as it should; info: worth knowing',
  );

const frame = z
  .object({
    event_id: z.string().describe('Id of the frame, as in the list of messages'),
    at: timestamp.describe('When the gateway received or sent it'),
    direction: openEnum(['in', 'out']).describe('in: from the charge point; out: to it'),
    kind: openEnum(['call', 'call_result', 'call_error', 'unreadable']).describe('Kind of the frame'),
    action: z.string().describe('OCPP action; empty when it is not known'),
    message_id: z
      .string()
      .describe('Message id; empty when it has none')
      .meta({ examples: ['19223201'] }),
  })
  .meta({ id: 'FrameReference' });

const finding = z
  .object({
    id: FINDING,
    severity: SEVERITY,
    title: z
      .string()
      .describe('What is wrong, in words')
      .meta({ examples: [FINDING_KINDS['failed-authorization'].title] }),
    since: timestamp.describe('When it occurred first in the period'),
    until: timestamp.describe('When it occurred last'),
    count: z.int().describe('Number of occurrences'),
    frames: z.array(frame).describe('Frames that prove it, the first ones'),
    details: z
      .array(z.string())
      .describe('The first occurrences, in words')
      .meta({ examples: [['Authorize was answered Blocked']] }),
    first_check: z
      .string()
      .describe('What to check first')
      .meta({ examples: [FINDING_KINDS['failed-authorization'].firstCheck] }),
  })
  .meta({ id: 'Finding' });

export const findings = z
  .object({
    cp_id: z.string().describe('Identity of the charge point'),
    from: timestamp.describe('Begin of the period'),
    to: timestamp.describe('End of the period'),
    messages: z.int().describe('Number of recorded frames that were read; without frames little can be found'),
    is_cut: z.boolean().describe('Whether the period has more frames than are read: the newest 50,000 are'),
    items: z.array(finding).describe('What is wrong, the most severe first'),
  })
  .meta({ id: 'Findings' });

const period = {
  from: moment.optional().describe('Begin of the period; if absent, a day before `to`'),
  to: moment.optional().describe('End of the period; if absent, now'),
};

export const findingsQuery = withPeriod(z.strictObject(period));

export const exportQuery = withPeriod(
  z.strictObject({
    ...period,
    anonymised: flag
      .default(false)
      .describe(
        'true: identities, id tokens, serial numbers, addresses, certificates and texts of vendors are replaced, equal ones by equal ones',
      ),
  }),
);

export function windowOf({ from, to = new Date() }: { from?: Date | undefined; to?: Date | undefined }): {
  from: Date;
  to: Date;
} {
  return { from: from ?? new Date(to.getTime() - DAY_MS), to };
}

export function findingsSource(
  cpId: string,
  window: { from: Date; to: Date },
  { conversation, isCut }: GatheredConversation,
  items: readonly Finding[],
): SourceOf<typeof findings> {
  return { cpId, ...window, messages: conversation.messages.length, isCut, items } as SourceOf<typeof findings>;
}
