import { renameKeys, snakeCase, type CommandAnswer } from '@ocpp-gw/contracts';
import type { Answered } from './command-dispatch.ts';
import type { CommandDefinition } from './definitions.ts';

/** The body of the answer to a typed command. */
export function renderAnswer(
  { answer, made }: Pick<CommandDefinition, 'answer' | 'made'>,
  { commandId, result, request }: Answered,
  requestId: string,
): CommandAnswer {
  return answer.parse({
    ...(renameKeys(result.answer ?? {}, snakeCase) as object),
    ...(made === undefined ? {} : { [made]: request[made] }),
    request_id: requestId,
    command_id: commandId,
    action: result.action,
    status: result.status ?? 'Accepted',
    status_info: statusInfo(result.payload['statusInfo']),
  }) as CommandAnswer;
}

export function statusInfo(info: unknown): CommandAnswer['status_info'] {
  if (typeof info !== 'object' || info === null) return null;
  const { reasonCode, additionalInfo } = info as Record<string, unknown>;
  return { reason_code: text(reasonCode), additional_info: text(additionalInfo) };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
