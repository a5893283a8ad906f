import { transactionMessageOf, type StartKey, type TransactionMessage } from '@ocpp-gw/ocpp-j';
import { cleanText, int32, optionalInt32, type Entry } from '@ocpp-gw/persistence/facts';
import { contentHash } from './content-hash.ts';

/** The part of an effect that is about a transaction, in the form of a row; null when there is none. */
export function messageOf({ station, effect, now }: Entry): TransactionMessage | null {
  const message = transactionMessageOf(effect, {
    protocol: station.protocol,
    now,
    digestOf: (said) => `${int32(said.seqNo ?? 0)}:${contentHash(said)}`,
  });
  return message && inRowForm(message);
}

function inRowForm(message: TransactionMessage): TransactionMessage {
  const { seqNo, evseId, connectorId, idToken, groupToken, startKey } = message;
  return {
    ...message,
    ...(seqNo !== undefined && { seqNo: int32(seqNo) }),
    evseId: int32(evseId),
    connectorId: int32(connectorId),
    ...(idToken && { idToken: { ...idToken, idToken: cleanText(idToken.idToken) } }),
    ...(groupToken !== undefined && { groupToken: cleanText(groupToken) }),
    ...optional('remoteStartId', optionalInt32(message.remoteStartId)),
    ...optional('reservationId', optionalInt32(message.reservationId)),
    ...(startKey && { startKey: startKeyOf(startKey) }),
  };
}

/** The start in the form of a row, so that it is recognised after a restart too. */
export function startKeyOf(key: StartKey): StartKey {
  return { ...key, idTag: cleanText(key.idTag), timestamp: cleanText(key.timestamp) };
}

function optional<Name extends string>(name: Name, value: number | undefined): { [N in Name]?: number } {
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: number };
}
