import { inSpan, type LiveSpan } from '@ocpp-gw/service-kit';
import type { CallEnd } from '../session/outbound-queue.ts';
import type { Session } from '../session/session.ts';
import { ofCall } from './attributes.ts';

/** A span for a CALL of ours, from the queue to its outcome. */
export function inCallSpan(
  { peer, connectionId }: Session,
  action: string,
  work: (span?: LiveSpan) => Promise<CallEnd>,
): Promise<CallEnd> {
  return inSpan({ ...ofCall(peer, connectionId, action), kind: 'client', links: [peer.traceparent] }, async (span) => {
    const end = await work(span);
    span?.set({ 'ocpp.outcome': end.kind });
    if (end.kind !== 'result') span?.failed(end.kind);
    return end;
  });
}
