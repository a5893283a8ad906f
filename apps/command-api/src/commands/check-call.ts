import type { CommandOutcome, GenericCall, PayloadFault } from '@ocpp-gw/contracts';
import * as v16 from '@ocpp-gw/ocpp-v16/commands';
import * as v201 from '@ocpp-gw/ocpp-v201/commands';

/** What a protocol version says about calls of the CSMS. */
interface OutboundCalls {
  subprotocol: string;
  outboundActions: ReadonlySet<string>;
  validateCommandPayload(
    action: string,
    payload: unknown,
  ): { ok: true } | { ok: false; errors: readonly PayloadFault[] };
}

const VERSIONS: readonly OutboundCalls[] = [v16, v201];
const PROTOCOLS: ReadonlyMap<string, OutboundCalls> = new Map(
  VERSIONS.map((version) => [version.subprotocol, version]),
);

/** The protocols that this build knows, by name. */
export const PROTOCOL_NAMES: readonly string[] = [...PROTOCOLS.keys()];

/** What the CSMS may call, by protocol. */
export const OUTBOUND_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  [...PROTOCOLS].map(([protocol, { outboundActions }]) => [protocol, [...outboundActions].sort()]),
);

/**
 * Checks a generic call against the charger's protocol before it travels. Undefined: nothing wrong, or a protocol
 * this build does not know, whose edge has the final word.
 */
export function checkCall(protocol: string, call: GenericCall): CommandOutcome | undefined {
  const calls = PROTOCOLS.get(protocol);
  if (!calls) return undefined;
  if (!calls.outboundActions.has(call.action)) {
    const known = OUTBOUND_ACTIONS.get(protocol)?.join(', ');
    return {
      kind: 'notSupported',
      protocol,
      reason: `${protocol} has no call "${call.action}" by the CSMS; it has ${known}`,
    };
  }
  const checked = calls.validateCommandPayload(call.action, call.payload);
  return checked.ok ? undefined : { kind: 'invalidPayload', action: call.action, errors: checked.errors };
}
