import { inSpan } from '@ocpp-gw/service-kit';
import type { HandshakeDecision } from '../handshake/handshake.ts';
import { identityFromPath } from '../handshake/path-identity.ts';
import { isRefusal, type Refusal } from '../handshake/refusal.ts';
import type { Guards } from '../session/ocpp-server.ts';

const SWITCHING_PROTOCOLS = 101;

/** A span for each handshake, to which the spans of its connection are linked. */
export function tracedGuards({ handshake, connections, damper, heldBack, refused }: Guards): Guards {
  return {
    ...{ connections, damper, heldBack, refused },
    handshake: {
      decide: (request) =>
        inSpan(
          {
            name: 'GET /{cp_id}',
            kind: 'server',
            parent: null,
            attributes: {
              'http.request.method': 'GET',
              'http.route': '/{cp_id}',
              'client.address': request.source,
              ...identityOf(request.target),
            },
          },
          async (span) => {
            const decision = await handshake.decide(request);
            const refusal = refusalIn(decision);
            span?.set({
              'http.response.status_code': refusal?.status ?? SWITCHING_PROTOCOLS,
              'ocpp.handshake.outcome': refusal?.reason ?? 'accepted',
            });
            if (refusal && refusal.status >= 500) span?.failed(refusal.reason);
            if (!('station' in decision)) return decision;
            span?.set({
              'ocpp.cp_id': decision.station.cpId,
              'ocpp.protocol': decision.protocol.dialect.subprotocol,
            });
            return { ...decision, traceparent: span?.traceparent };
          },
        ),
    },
  };
}

function refusalIn(decision: HandshakeDecision): Refusal | undefined {
  if (isRefusal(decision)) return decision;
  return 'closeAfterUpgrade' in decision ? decision.closeAfterUpgrade : undefined;
}

/** The path itself may hold a secret. */
function identityOf(target: string): { 'ocpp.cp_id'?: string } {
  const read = identityFromPath(target, '');
  return isRefusal(read) ? {} : { 'ocpp.cp_id': read.identity };
}
