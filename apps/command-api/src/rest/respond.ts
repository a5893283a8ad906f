import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandReads } from '../reads/commands.ts';
import { command, renderCommand } from './command.schema.ts';
import type { ApiRequest } from './request.ts';

const MAX_WAIT_S = 30;

/** How long the caller waits before it is answered with 202, in milliseconds; null when it waits for the end (RFC 7240). */
export function respondAfterMs({ headers }: Pick<ApiRequest, 'headers'>): number | null {
  const { prefer } = headers;
  const preferences = [prefer ?? []].flat().flatMap((line) => line.split(',').map((each) => each.trim().toLowerCase()));
  if (!preferences.includes('respond-async')) return null;
  const wait = Number(preferences.find((each) => each.startsWith('wait='))?.slice('wait='.length) ?? 0);
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), MAX_WAIT_S) * 1000 : 0;
}

/** Answers with the end of the command or, after the time that the caller waits, with 202 and the command as it is. */
export async function respond<Answer>(
  { commandId, end }: { commandId: string; end: Promise<Answer> },
  { afterMs, response, commands }: { afterMs: number | null; response: Response; commands: CommandReads },
): Promise<Answer | object> {
  response.setHeader('X-Command-Id', commandId);
  if (afterMs === null) return end;
  // The end is in the command, whoever waits for it.
  end.catch(() => undefined);
  const ended = await Promise.race([end.then((answer) => ({ answer })), delay(afterMs, null, { ref: false })]);
  response.setHeader('Preference-Applied', 'respond-async');
  if (ended) return ended.answer as object;
  response.status(202).setHeader('Location', `/api/v1/commands/${commandId}`);
  return renderCommand(await commands.get(commandId));
}

/** Documents the headers of a route that sends a command, and its answer to a caller that does not wait. */
export function ApiCommandHeaders(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Makes the request safe to repeat: for 24 hours the same key with the same body means the same command, and gets its answer',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
      example: 'start-8f14e45f',
    }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description:
        '`respond-async` answers with 202 and the command as soon as it is durable; `respond-async, wait=5` waits 5 seconds for its end first',
      schema: { type: 'string' },
    }),
    ApiResponse({
      status: 202,
      description: 'The command, which has not ended yet; its address is in the header Location',
      standardSchema: command,
    }),
  );
}
