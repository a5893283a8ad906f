import { payloadOf, textAt } from '../../frame.ts';
import type { Exchange } from '../../overview/exchanges.ts';

const ACCEPTED = 'Accepted';

/** The id token that a CALL of either version holds, in one letter case; undefined when it has none. */
export function tokenIn({ call }: Exchange): string | undefined {
  const payload = payloadOf(call.message);
  return (textAt(payload, 'idTag') ?? textAt(payload, 'idToken', 'idToken'))?.trim().toLowerCase();
}

/** The status that its answer gives the id token; undefined when it gives none. */
export function tokenStatus({ answer }: Exchange): string | undefined {
  if (answer?.message.kind !== 'call_result') return undefined;
  const payload = payloadOf(answer.message);
  return textAt(payload, 'idTagInfo', 'status') ?? textAt(payload, 'idTokenInfo', 'status');
}

/** Whether the answer refuses the id token. */
export function isRefused(exchange: Exchange): boolean {
  const status = tokenStatus(exchange);
  return status !== undefined && status !== ACCEPTED;
}
