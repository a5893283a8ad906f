import { encodeEvent, makeEvent, type EventFacts } from '@ocpp-gw/contracts';
import type { ChargerTime, Effect, EvseRef, MeterValuesEffect, Sample } from '@ocpp-gw/ocpp-j';
import type { OutboxEntry } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from './entry.ts';
import { repeatableEventId } from './event-id.ts';
import { csrPayload, dataPayload, firmwarePayload, logPayload, securityPayload } from './station-payloads.ts';
import { endedPayload, startedPayload, updatedPayload } from './transaction-payloads.ts';
import { int32 } from './wire-values.ts';

type Payload = EventFacts['payload'];

/** An event to be: `id` only where a repetition must give the same one. */
interface Told {
  time: ChargerTime;
  payload: Payload;
  id?: string;
}

/** The Kafka-lane outbox entries that tell of an effect, in order. */
export function eventEntries(entry: Entry, written: Written, pod: string): OutboxEntry[] {
  const { station, now } = entry;
  return tellings(entry, written).map(({ time, payload, id }) =>
    eventEntry({ ...station, pod, now, time, payload, id }),
  );
}

/** One event, encoded, on its topic. */
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
  const made = makeEvent({
    cpId,
    protocol,
    pod,
    occurredAt: time.at,
    recordedAt: now,
    payload,
    ...(time.raw === undefined ? {} : { occurredAtRaw: time.raw }),
  });
  const event = id === undefined ? made : { ...made, id };
  return { lane: 'kafka', destination: event.type, cpId, eventId: event.id, payload: encodeEvent(event) };
}

function tellings(entry: Entry, written: Written): Told[] {
  const { effect, now } = entry;
  switch (effect.kind) {
    case 'stationBooted':
      return [{ time: { at: now }, payload: boot(effect) }];
    case 'connectorStatus':
      return [{ time: effect.time, payload: status(effect), id: idOf(entry, effect.time) }];
    case 'meterValues':
      return [{ time: effect.time, payload: meter(effect, effect), id: idOf(entry, effect.time) }];
    case 'transactionStarted':
      return [{ time: effect.time, payload: startedPayload(effect, written) }, ...sampled(effect, written)];
    case 'transactionUpdated':
      return [
        {
          time: effect.time,
          payload: updatedPayload(effect, written),
          ...(written.transaction ? {} : { id: idOf(entry, effect.time) }),
        },
        ...sampled(effect, written),
      ];
    case 'transactionEnded':
      // The samples lead up to the end: whoever reads in order has them all when the transaction ends.
      return [...sampled(effect, written), { time: effect.time, payload: endedPayload(effect, written) }];
    case 'firmwareStatus':
      return [{ time: effect.time, payload: firmwarePayload(effect), id: idOf(entry, effect.time) }];
    case 'logStatus':
      return [{ time: effect.time, payload: logPayload(effect), id: idOf(entry, effect.time) }];
    case 'securityEvent':
      return [{ time: effect.time, payload: securityPayload(effect), id: idOf(entry, effect.time) }];
    case 'signingRequest':
      return [{ time: effect.time, payload: csrPayload(effect) }];
    case 'dataTransferred':
      return [{ time: effect.time, payload: dataPayload(effect), id: idOf(entry, effect.time) }];
    // What an answer of the station established is told with the command (cp.command).
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
      return [];
  }
}

function idOf({ station, effect }: Entry, time: ChargerTime): string {
  return repeatableEventId(time.at, [station.cpId, effect]);
}

function boot(effect: EntryOf<'stationBooted'>['effect']): Payload {
  return {
    $case: 'stationBooted',
    value: {
      vendor: effect.vendor,
      model: effect.model,
      serialNumber: effect.serialNumber ?? '',
      firmwareVersion: effect.firmwareVersion ?? '',
      iccid: effect.iccid ?? '',
      imsi: effect.imsi ?? '',
      reason: effect.reason ?? '',
      registrationStatus: effect.registration.status,
      intervalSeconds: int32(effect.registration.intervalSeconds),
    },
  };
}

function status(effect: EntryOf<'connectorStatus'>['effect']): Payload {
  return {
    $case: 'connectorStatusChanged',
    value: {
      ...evse(effect),
      status: effect.status,
      errorCode: effect.errorCode ?? '',
      info: effect.info ?? '',
      vendorId: effect.vendorId ?? '',
      vendorErrorCode: effect.vendorErrorCode ?? '',
    },
  };
}

type TransactionEffect = Extract<Effect, { transactionId: string; idToken?: unknown; kind: `transaction${string}` }>;

/** Every sample travels once, on cp.meter; a transaction's carry its id. */
function sampled(effect: TransactionEffect, { transaction }: Written): Told[] {
  if (effect.samples.length === 0) return [];
  const payload = meter(
    { transactionId: transaction?.transactionId ?? effect.transactionId, samples: effect.samples },
    transaction ?? effect,
  );
  return [{ time: effect.time, payload }];
}

function meter(values: Pick<MeterValuesEffect, 'transactionId' | 'samples'>, where: EvseRef): Payload {
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
  };
}

function evse({ evseId, connectorId }: EvseRef): EvseRef {
  return { evseId: int32(evseId), connectorId: int32(connectorId) };
}
