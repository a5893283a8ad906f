import { z } from 'zod';
import type { Answered } from '../commands/command-dispatch.ts';

const answerShape = {
  request_id: z.string().describe('As in X-Request-Id and in the logs'),
  command_id: z.string().describe('The command on its way to the charge point, as in the logs of ws-edge'),
  action: z
    .string()
    .describe("The call in the charge point's protocol")
    .meta({ examples: ['RemoteStartTransaction'] }),
  status: z
    .string()
    .describe("The charge point's answer, as sent")
    .meta({ examples: ['Accepted'] }),
  status_info: z
    .object({ reason_code: z.string().nullable(), additional_info: z.string().nullable() })
    .nullable()
    .describe('2.0.1 only, where the charge point gives a reason'),
};

/** The charger's answer to a version-neutral command. */
export const commandAnswer = z.object(answerShape).meta({ id: 'CommandAnswer' });

export const remoteStartAnswer = z
  .object({
    ...answerShape,
    remote_start_id: z.int().describe('Found again on the transaction (2.0.1)'),
    transaction_id: z.string().nullable().describe('Transaction already running, if the charge point named it (2.0.1)'),
  })
  .meta({ id: 'RemoteStartAnswer' });

export function renderAnswer({ commandId, result }: Answered, requestId: string): z.infer<typeof commandAnswer> {
  const info = result.payload['statusInfo'];
  return {
    request_id: requestId,
    command_id: commandId,
    action: result.action,
    status: result.status ?? '',
    status_info: isObject(info)
      ? { reason_code: text(info['reasonCode']), additional_info: text(info['additionalInfo']) }
      : null,
  };
}

export function renderRemoteStart(
  answered: Answered,
  requestId: string,
  remoteStartId: number,
): z.infer<typeof remoteStartAnswer> {
  return {
    ...renderAnswer(answered, requestId),
    remote_start_id: remoteStartId,
    transaction_id: text(answered.result.payload['transactionId']),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
