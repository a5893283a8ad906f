import { encodeEvent, makeEvent, type EventFacts } from '@ocpp-gw/contracts';
import {
  endedAt,
  type Change,
  type ChargerTime,
  type EvseRef,
  type MeterValuesEffect,
  type Sample,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import type { OutboxEntry } from '@ocpp-gw/persistence';
import {
  eventPayload,
  limitPayload,
  needsPayload,
  publicationPayload,
  reportPayload,
  reservationPayload,
  schedulePayload,
} from './device-payloads.ts';
import { isTransaction, type Entry, type TransactionEffect, type TransactionEntry, type Written } from './entry.ts';
import { repeatableEventId } from './event-id.ts';
import {
  bootPayload,
  csrPayload,
  dataPayload,
  firmwarePayload,
  logPayload,
  securityPayload,
  statusPayload,
} from './station-payloads.ts';
import { endedPayload, startedPayload, updatedPayload } from './transaction-payloads.ts';
import { evse } from './wire-values.ts';

type Payload = EventFacts['payload'];

/** The content of an event. `id` is set only when a repetition must have the same one. */
interface Told {
  time: ChargerTime;
  payload: Payload;
  id?: string;
  /** The receive time of the CALL, unless given. */
  recordedAt?: Date;
}

/** The outbox entries that publish an effect on Kafka, in order. */
export function eventEntries(entry: Entry, written: Written, pod: string): OutboxEntry[] {
  const { station, now } = entry;
  return tellings(entry, written).map(({ time, payload, id, recordedAt = now }) =>
    eventEntry({ ...station, pod, now: recordedAt, time, payload, id }),
  );
}

/** Makes the outbox entry of one event: its encoded form and its topic. */
export function eventEntry(facts: {
  cpId: string;
  protocol: string;
  pod: string;
  now: Date;
  time: ChargerTime;
  payload: Payload;
  id?: string | undefined;
}): OutboxEntry {
  const { cpId, protocol, pod, now, time, payload, id } = facts;
  const event = makeEvent({
    cpId,
    protocol,
    pod,
    occurredAt: time.at,
    recordedAt: now,
    payload,
    id,
    ...(time.raw === undefined ? {} : { occurredAtRaw: time.raw }),
  });
  return { lane: 'kafka', destination: event.type, cpId, eventId: event.id, payload: encodeEvent(event) };
}

function tellings(entry: Entry, written: Written): Told[] {
  const { effect, now } = entry;
  switch (effect.kind) {
    case 'stationBooted':
      return [{ time: { at: now }, payload: bootPayload(effect) }];
    case 'connectorStatus':
      return news(entry, written, [{ time: effect.time, payload: statusPayload(effect) }]);
    case 'meterValues': {
      const of = meantBy(entry);
      const payload = meter({ transactionId: of?.transactionId, samples: effect.samples }, effect);
      return [...repeatable(entry, effect.time, payload), ...changed(entry)];
    }
    case 'transactionStarted':
    case 'transactionUpdated':
    case 'transactionEnded':
    case 'transactionStatusTold':
    case 'transactionEndInferred':
    case 'stopAssigned':
    case 'remoteStartAccepted':
      return transactionEvents(entry);
    case 'firmwareStatus':
      return repeatable(entry, effect.time, firmwarePayload(effect));
    case 'logStatus':
      return repeatable(entry, effect.time, logPayload(effect));
    case 'securityEvent':
      return news(entry, written, [{ time: effect.time, payload: securityPayload(effect) }]);
    case 'signingRequest':
      return [{ time: effect.time, payload: csrPayload(effect) }];
    case 'dataTransferred':
      return repeatable(entry, effect.time, dataPayload(effect));
    case 'stationEvents':
      return news(
        entry,
        written,
        effect.events.map((event) => ({ time: event.time, payload: eventPayload(event) })),
      );
    case 'firmwarePublicationStatus':
      return repeatable(entry, effect.time, publicationPayload(effect));
    case 'chargingLimit':
      return repeatable(entry, effect.time, limitPayload(effect));
    case 'evChargingNeeds':
      return repeatable(entry, effect.time, needsPayload(effect));
    case 'evChargingSchedule':
      return news(entry, written, [{ time: effect.time, payload: schedulePayload(effect) }]);
    case 'reservationEnded':
      return repeatable(entry, effect.time, reservationPayload(effect));
    case 'reportRequested':
      return [{ time: { at: now }, payload: reportPayload(effect, written) }];
    case 'reportPart':
      return [{ time: effect.time, payload: reportPayload(effect, written) }];
    // The parts of a report are published together as one report; see ReportPartEffect.
    case 'variablesTold':
    case 'monitorsTold':
    case 'chargingProfilesReported':
    case 'displayMessagesTold':
    // The effects of an answer are published with its command (cp.command).
    case 'reservationMade':
    case 'reservationCancelled':
    case 'chargingProfileSet':
    case 'chargingProfilesCleared':
    case 'localListVersion':
    case 'configurationSeen':
    case 'configurationChanged':
    case 'availabilityChanged':
    case 'firmwareUpdateRequested':
    case 'logRequested':
    case 'certificateInstalled':
    case 'certificateDeleted':
    case 'certificatesSeen':
    case 'certificateAccepted':
    case 'password':
    case 'securityProfile':
    case 'monitorsCleared':
    case 'displayMessageCleared':
    case 'networkProfileSet':
    case 'firmwarePublicationRequested':
    case 'firmwareUnpublished':
      return [];
  }
}

/** The notifications that repeat nothing, in the order in which they were received. */
function news({ now }: Entry, { received }: Written, told: readonly Told[]): Told[] {
  return told.flatMap((one, index) => {
    const recordedAt = received ? received[index] : now;
    return recordedAt ? [{ ...one, recordedAt }] : [];
  });
}

/** The event of a fact that no row remembers, or not in every case. */
function repeatable({ station, effect, occurrence }: Entry, time: ChargerTime, payload: Payload): Told[] {
  const content = [station.cpId, effect, ...(occurrence ? [occurrence] : [])];
  return [{ time, payload, id: repeatableEventId(time.at, content) }];
}

/**
 * The events of a message about a transaction: first those of other transactions that it changed, then its own and its
 * samples.
 */
function transactionEvents(entry: Entry): Told[] {
  if (!isTransaction(entry)) return changed(entry);
  const { transactions, effect } = entry;
  if (transactions?.outcome?.is === 'repetition') return [];
  const own = meantBy(entry);
  const ofOthers = changed(entry, (change) => change.after !== own);
  if (!own) return ofOthers;
  const samples = sampled(effect, own);
  const ofOwn = changed(entry, (change) => change.after === own);
  // The samples come before the end, so that a consumer that reads in order has them all when the transaction ends.
  return own.state === 'ended'
    ? [...ofOthers, ...progress(entry), ...samples, ...ofOwn]
    : [...ofOthers, ...progress(entry), ...ofOwn, ...samples];
}

/** The event of an update by the charge point, which is published as it was sent. */
function progress({ effect, transactions }: TransactionEntry): Told[] {
  const own = transactions?.changes.find(({ after }) => after.transactionId === transactions.outcome?.transactionId);
  if (effect.kind !== 'transactionUpdated' || !own) return [];
  return [{ time: effect.time, payload: updatedPayload(own.after, effect) }];
}

/** The events that are published because the facts of a transaction have changed. */
function changed(entry: Entry, isMeant: (change: Change) => boolean = () => true): Told[] {
  const { transactions, effect } = entry;
  return (transactions?.changes ?? []).filter(isMeant).flatMap((change): Told[] => {
    const { before, after } = change;
    if (before?.revision === after.revision) return [];
    const isOwn = transactions?.outcome?.transactionId === after.transactionId;
    const own = isOwn && isTransaction(entry) ? entry.effect : undefined;
    const began: Told[] =
      after.startSeen && !before?.startSeen
        ? [{ time: timeOf(effect, after.start.at), payload: startedPayload(after, own) }]
        : [];
    if (after.state === 'ended') {
      const time = timeOf(effect, endedAt(after) ?? after.lastEventAt);
      return [...began, { time, payload: endedPayload(after, own) }];
    }
    if (began.length > 0) return began;
    // For a running transaction the event of the update itself shows the change.
    if (isOwn && effect.kind === 'transactionUpdated') return [];
    return [{ time: { at: new Date(after.lastEventAt) }, payload: updatedPayload(after) }];
  });
}

/** The time as the charge point wrote it, when it is the time of the message. */
function timeOf(effect: Entry['effect'], at: number): ChargerTime {
  return 'time' in effect && effect.time.at.getTime() === at ? effect.time : { at: new Date(at) };
}

function meantBy({ transactions }: Entry): TransactionState | undefined {
  const { outcome, ledger } = transactions ?? {};
  return ledger?.transactions.find(({ transactionId }) => transactionId === outcome?.transactionId);
}

/** Every sample is published once, on cp.meter. Samples of a transaction have its id. */
function sampled(effect: TransactionEffect, transaction: TransactionState): Told[] {
  if (effect.samples.length === 0) return [];
  const { transactionId, unassigned } = transaction;
  const payload = meter(
    { transactionId: unassigned === null ? transactionId : undefined, samples: effect.samples },
    transaction,
  );
  return [{ time: effect.time, payload }];
}

function meter(
  values: { transactionId?: string | undefined; samples: MeterValuesEffect['samples'] },
  where: EvseRef,
): Payload {
  return {
    $case: 'meterValuesReported',
    value: {
      ...evse(where),
      transactionId: values.transactionId ?? '',
      samples: values.samples.map(sample),
    },
  };
}

function sample(value: Sample) {
  return {
    sampledAt: value.at,
    value: value.value,
    unit: value.unit,
    rawValue: value.rawValue,
    rawUnit: value.rawUnit,
    measurand: value.measurand,
    phase: value.phase ?? '',
    location: value.location ?? '',
    context: value.context ?? '',
    format: value.format ?? '',
    unitAssumed: value.unitAssumed ?? false,
    signed: value.signed ?? false,
  };
}
