import { renameKeys, snakeCase, type CommandAnswer } from '@ocpp-gw/contracts';
import type { z } from 'zod';
import type { Answered } from './command-dispatch.ts';

/** `made`: the ids that the gateway gave the command. */
export function renderAnswer(
  schema: z.ZodObject,
  { commandId, result }: Answered,
  about: { requestId: string; made: Record<string, unknown> },
): CommandAnswer {
  return schema.parse({
    ...(renameKeys(result.answer ?? {}, snakeCase) as object),
    ...about.made,
    request_id: about.requestId,
    command_id: commandId,
    action: result.action,
    status: result.status ?? 'Accepted',
    status_info: statusInfo(result.payload['statusInfo']),
  }) as CommandAnswer;
}

function statusInfo(info: unknown): CommandAnswer['status_info'] {
  if (typeof info !== 'object' || info === null) return null;
  const { reasonCode, additionalInfo } = info as Record<string, unknown>;
  return { reason_code: text(reasonCode), additional_info: text(additionalInfo) };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
