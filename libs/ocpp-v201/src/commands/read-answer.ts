import type { Command, CommandAnswers } from '@ocpp-gw/contracts';

/** What the answer to a neutral command says besides its status. */
export function readAnswer(
  command: Command,
  payload: Record<string, unknown>,
): CommandAnswers[keyof CommandAnswers] | undefined {
  if (command.kind !== 'RemoteStart') return undefined;
  const { transactionId } = payload;
  return typeof transactionId === 'string' ? { transactionId } : {};
}
