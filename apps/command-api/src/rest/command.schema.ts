import { COMMAND_STATES, COMMANDS, renameKeys, snakeCase } from '@ocpp-gw/contracts';
import type { CommandRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { cpId } from '../charge-point-id.ts';
import { statusInfo } from '../commands/answer.ts';
import { outcomeOf } from '../commands/outcome.ts';
import { resultOrProblem } from '../problems/from-outcome.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { tagQuery, withPeriod } from './filters.ts';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';
import { problem, renderProblem } from './problem.schema.ts';

const SLUGS = Object.values(COMMANDS).map(({ slug }) => slug);
const EXAMPLE = '01a22b3e-3161-7000-8000-4f4a2c5d6e7f';

export const commandId = z
  .uuid()
  .describe('Id of the command')
  .meta({ examples: [EXAMPLE] });

const id = (what: string) => z.union([z.int(), z.string()]).nullable().describe(what);

export const command = z
  .object({
    command_id: commandId,
    cp_id: z.string().describe('Identity of the charge point'),
    command: z
      .string()
      .describe('Name of the command as in its route, such as remote-start; `call` for a generic call')
      .meta({ examples: ['remote-start'] }),
    action: z
      .string()
      .nullable()
      .describe('Action of the CALL, in the protocol of the charge point; null when no CALL was made')
      .meta({ examples: ['RemoteStartTransaction'] }),
    state: z
      .enum(COMMAND_STATES)
      .describe(
        'State of the command. It is queued, then sent. It ends as accepted or rejected by the charge point; as callerror or ' +
          'invalid_answer when the charge point answered with an error or with something that breaks its protocol; as timeout ' +
          'when no answer came; as disconnected when the charge point was not connected or its connection ended; as expired when ' +
          'its time passed before it was sent; as refused when the gateway did not send it; as cancelled when its caller went away',
      ),
    request: z
      .record(z.string(), z.unknown())
      .describe('Body of the request, without secrets, with the ids that the gateway gave')
      .meta({ examples: [{ id_token: '04E91C5A223C80', evse_id: 1, remote_start_id: 1240555523 }] }),
    caller: z.string().describe('Name of the token that asked for it'),
    request_id: z.string().describe('X-Request-Id of the request that asked for it'),
    idempotency_key: z.string().nullable().describe('Idempotency-Key of the request; null when it had none'),
    queued_at: timestamp.describe('When the command became durable'),
    sent_at: timestamp.nullable().describe('When its CALL left; null when it did not leave, or has not yet'),
    ended_at: timestamp.nullable().describe('When it ended; null while it runs'),
    deadline: timestamp.describe('Until when the charge point may answer'),
    late: z.boolean().describe('Whether the charge point answered after the command had ended as a timeout'),
    answer: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Answer of the charge point, as the route of the command gives it; null when there is none')
      .meta({ examples: [{ action: 'RemoteStartTransaction', status: 'Accepted', status_info: null }] }),
    problem: problem.nullable().describe('Problem in which the command ended; null when the charge point answered it'),
    links: z
      .object({
        transaction_id: id('Transaction that the command started, stopped or asked about'),
        reservation_id: id('Reservation that the command made or cancelled'),
        charging_profile_id: id('Charging profile that the command set or cleared'),
        ocpp_request_id: id('Number of the report, upload or firmware update that the command began'),
      })
      .describe('What the command concerns; a member is null when there is none, or none yet'),
  })
  .meta({ id: 'Command' });

export const commandPage = pageOf(command).meta({ id: 'CommandPage' });

const filters = {
  state: z.enum(COMMAND_STATES).optional().describe('Only commands in this state'),
  command: z
    .enum([...SLUGS, 'call'])
    .optional()
    .describe('Only commands with this name'),
  caller: z.string().min(1).max(200).optional().describe('Only commands of the token with this name'),
  from: moment.optional().describe('Requested at this time or later'),
  to: moment.optional().describe('Requested before this time'),
  ...pageQuery({ preset: 50, max: 500 }),
};

export const commandsOfQuery = withPeriod(z.strictObject(filters));
export const commandsQuery = withPeriod(
  z.strictObject({
    cp_id: cpId.optional().describe('Only commands to this charge point'),
    tag: tagQuery,
    ...filters,
  }),
);

export const waitQuery = z.strictObject({
  wait: z.coerce
    .number()
    .min(0)
    .max(30)
    .default(0)
    .describe('Greatest number of seconds to wait for the end of the command; 0 answers at once'),
});

export function renderCommand(record: CommandRecord): z.infer<typeof command> {
  const { request, endedAt } = record;
  const result = endedAt ? resultOrProblem(outcomeOf(record), record.command) : null;
  const isProblem = result instanceof ProblemError;
  return {
    command_id: record.commandId,
    cp_id: record.cpId,
    command: record.command,
    action: record.action,
    state: record.state,
    request,
    caller: record.caller,
    request_id: record.requestId,
    idempotency_key: record.idempotencyKey,
    queued_at: record.queuedAt.toISOString(),
    sent_at: record.sentAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
    deadline: record.deadline.toISOString(),
    late: record.late,
    answer: result === null || isProblem ? null : answerOf(record, result),
    problem: isProblem ? renderProblem(result, record.requestId) : null,
    links: {
      transaction_id: record.transactionId ?? linked(request, 'transaction_id'),
      reservation_id: linked(request, 'reservation_id'),
      charging_profile_id: linked(request, 'charging_profile_id') ?? profileOf(request),
      ocpp_request_id: linked(request, 'ocpp_request_id'),
    },
  };
}

type Result = Exclude<ReturnType<typeof resultOrProblem>, ProblemError>;

function answerOf({ command: name }: CommandRecord, { action, payload, status, answer }: Result) {
  if (name === 'call') return payload;
  return {
    ...(renameKeys(answer ?? {}, snakeCase) as object),
    action,
    status: status ?? 'Accepted',
    status_info: statusInfo(payload['statusInfo']),
  };
}

function linked(request: Record<string, unknown>, name: string): number | string | null {
  const value = request[name];
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

function profileOf({ charging_profile: profile }: Record<string, unknown>): number | string | null {
  return typeof profile === 'object' && profile !== null
    ? linked(profile as Record<string, unknown>, 'charging_profile_id')
    : null;
}
