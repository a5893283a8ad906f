import type { Peer } from '../session/peer.ts';

/** Of an OCPP CALL, in either direction. @param action any text, of which only a known one names the span */
export function ofCall({ cpId, protocol }: Peer, connectionId: string, action: string) {
  const method = protocol.knownActions.has(action) ? action : 'unknown';
  const { subprotocol } = protocol.dialect;
  return {
    name: `${subprotocol}/${method}`,
    attributes: {
      'rpc.system': 'ocpp',
      'rpc.service': subprotocol,
      'rpc.method': method,
      'ocpp.cp_id': cpId,
      'ocpp.connection_id': connectionId,
      'ocpp.action': action,
    },
  };
}
