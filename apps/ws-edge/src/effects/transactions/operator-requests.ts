import type { TransactionRequest, TransactionRequestEnvelope } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import type { Effects } from '../effects.ts';

/** Carries out an operator's request about a transaction. @returns whether anything was changed */
export function carryOutRequests(
  effects: Pick<Effects, 'commit'>,
): (envelope: TransactionRequestEnvelope) => Promise<boolean> {
  return async ({ cpId, protocol, by, request }) => {
    const { changed } = await effects.commit({ cpId, protocol }, [effectOf(request, by)], new Date());
    return changed > 0;
  };
}

function effectOf(request: TransactionRequest, by: string): Effect {
  if (request.kind === 'assign') return { ...request, kind: 'stopAssigned', by };
  const { transactionId, endedAt, meterStopWh, reason } = request;
  return {
    kind: 'transactionEndInferred',
    transactionId,
    cause: 'operator',
    by,
    ...(endedAt !== undefined && { at: new Date(endedAt) }),
    ...(meterStopWh !== undefined && { meterStopWh }),
    ...(reason !== undefined && { reason }),
  };
}
