import {
  momentOf,
  gatewayTransactionId,
  lastRegisterWh,
  readRegisters,
  type MeterValuesEffect,
  type StartKey,
  type TransactionMessage,
} from '@ocpp-gw/ocpp-j';
import {
  cleanText,
  int32,
  isKind,
  isTransaction,
  optionalInt32,
  type Entry,
  type TransactionEntry,
} from '@ocpp-gw/persistence/facts';
import { contentHash } from './content-hash.ts';

const KIND = { transactionStarted: 'started', transactionUpdated: 'updated', transactionEnded: 'ended' } as const;

/** The part of an effect that is about a transaction; null when there is none. */
export function messageOf(entry: Entry): TransactionMessage | null {
  if (isTransaction(entry)) return eventMessage(entry);
  if (isKind('meterValues', entry) && entry.effect.transactionId !== undefined) return readingMessage(entry);
  return null;
}

function eventMessage({ station, effect, now }: TransactionEntry): TransactionMessage {
  const kind = KIND[effect.kind];
  const { seqNo, time, idToken, idTokenStatus, groupToken, chargingState, totalCost, cost } = effect;
  const ended = effect.kind === 'transactionEnded' ? effect : undefined;
  const started = effect.kind === 'transactionStarted' ? effect : undefined;
  const registers = readRegisters({
    role: kind,
    samples: effect.samples,
    meterStartWh: started?.meterStartWh,
    meterStopWh: ended?.meterStopWh,
    ...momentOf(time),
  });
  const stopWh = ended && (ended.meterStopWh ?? lastRegisterWh(registers) ?? undefined);
  return {
    kind,
    protocol: station.protocol,
    stationNamed: seqNo !== undefined,
    id:
      seqNo === undefined ? (ended?.unnamed ? null : effect.transactionId) : gatewayTransactionId(effect.transactionId),
    rawId: effect.transactionId,
    ...(seqNo !== undefined && { seqNo: int32(seqNo) }),
    evseId: int32(effect.evseId),
    connectorId: int32(effect.connectorId),
    at: time.at.getTime(),
    assumed: time.assumed === true,
    receivedAt: now.getTime(),
    digest: `${int32(seqNo ?? 0)}:${contentHash(effect)}`,
    ...(idToken && { idToken: { ...idToken, idToken: cleanText(idToken.idToken) } }),
    ...(idTokenStatus !== undefined && { idTokenStatus }),
    ...(groupToken !== undefined && { groupToken: cleanText(groupToken) }),
    ...(started?.meterStartWh !== undefined && { startWh: started.meterStartWh }),
    ...(stopWh !== undefined && { stopWh }),
    registers,
    ...(ended && { reason: ended.reason }),
    ...(chargingState !== undefined && { chargingState }),
    ...(totalCost !== undefined && { totalCost }),
    ...(cost && { cost }),
    ...optional('remoteStartId', optionalInt32(effect.remoteStartId)),
    ...optional('reservationId', optionalInt32(effect.reservationId)),
    ...(started?.naturalKey && { startKey: startKeyOf(started.naturalKey) }),
  };
}

/** The start in the form of a row, so that it is recognised after a restart too. */
export function startKeyOf(key: StartKey): StartKey {
  return { ...key, idTag: cleanText(key.idTag), timestamp: cleanText(key.timestamp) };
}

function readingMessage({
  station,
  effect,
  now,
}: Pick<Entry, 'station' | 'now'> & { effect: MeterValuesEffect }): TransactionMessage {
  const { time, samples, transactionId = null } = effect;
  return {
    kind: 'reading',
    protocol: station.protocol,
    stationNamed: false,
    id: transactionId,
    evseId: int32(effect.evseId),
    connectorId: int32(effect.connectorId),
    at: time.at.getTime(),
    assumed: time.assumed === true,
    receivedAt: now.getTime(),
    digest: '',
    registers: readRegisters({ role: 'reading', samples, ...momentOf(time) }),
  };
}

function optional<Name extends string>(name: Name, value: number | undefined): { [N in Name]?: number } {
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: number };
}
