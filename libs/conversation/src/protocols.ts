import type { Protocol } from '@ocpp-gw/ocpp-j';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import type { RecordedMessage } from './conversation.ts';

const PROTOCOLS: readonly Protocol[] = [ocpp16, ocpp201];
const PREFIX = 'ocpp';

/** Actions that a charge point of 1.6 does not send. */
const ONLY_IN_201: ReadonlySet<string> = new Set(['TransactionEvent', 'NotifyEvent', 'NotifyReport', 'GetVariables']);

/** The version of a subprotocol, such as 2.0.1 for `ocpp2.0.1`. */
export function versionOf(protocol: string): string {
  return protocol.startsWith(PREFIX) ? protocol.slice(PREFIX.length) : protocol;
}

/** The subprotocol of a version, in whatever way it is written: `1.6`, `OCPP1.6J`, `ocpp2.0.1`. */
export function subprotocolOf(version: string): string {
  const written = version.toLowerCase().startsWith(PREFIX) ? version : PREFIX + version;
  return PROTOCOLS.find(({ dialect }) => dialect.spelling.test(written))?.dialect.subprotocol ?? written;
}

/** The protocol of a message; where its subprotocol is not known, the one that its action belongs to. */
export function protocolOf({ protocol, action }: Pick<RecordedMessage, 'protocol' | 'action'>): Protocol {
  const known = PROTOCOLS.find(({ dialect }) => dialect.subprotocol === protocol);
  return known ?? (ONLY_IN_201.has(action) ? ocpp201 : ocpp16);
}

/** The protocol of a whole conversation. */
export function protocolOfAll(messages: readonly RecordedMessage[]): Protocol {
  const known = messages.find(({ protocol }) => protocol !== '');
  return protocolOf(known ?? messages.find(({ action }) => ONLY_IN_201.has(action)) ?? { protocol: '', action: '' });
}
