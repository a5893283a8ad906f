import { BACKEND_PATHS, encodeEvent, makeEvent, TOPICS, type EventFacts } from '@ocpp-gw/contracts';
import type { ChargerTime, Effect } from '@ocpp-gw/ocpp-j';
import type { OutboxEntry } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '@ocpp-gw/persistence/facts';
import {
  eventPayload,
  limitPayload,
  needsPayload,
  publicationPayload,
  reportPayload,
  reservationPayload,
  schedulePayload,
} from './device-payloads.ts';
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
import { changed, meantBy, meter, transactionEvents, type EventBody } from './transaction-events.ts';

type Payload = EventFacts['payload'];

/** What receivers hear of a kind of fact. */
interface Emitted<Kind extends Effect['kind']> {
  /** Topics of its events, and backend paths of the calls that tell of the transactions it changes. */
  to: readonly string[];
  /** In order. */
  events: (entry: EntryOf<Kind>, written: Written) => EventBody[];
}

/** Of a transaction that a fact changes, or ends. */
const CHANGE = [
  TOPICS.transactionUpdated,
  TOPICS.transactionEnded,
  BACKEND_PATHS.sessionUpdate,
  BACKEND_PATHS.sessionClose,
];
const END = { to: [TOPICS.transactionEnded, BACKEND_PATHS.sessionClose], events: transactionEvents };
/** A message about a transaction may start it, end others, and correct what was published. */
const MESSAGE = {
  to: [...CHANGE, TOPICS.transactionStarted, BACKEND_PATHS.sessionOpen, TOPICS.meter],
  events: transactionEvents,
};

/**
 * The contract of docs/lifecycle.md, which `durability.spec.ts` compares with it. A fact that is absent has no events of its
 * own: cp.command covers what an answer of the station established, and the event of a report covers its parts; see
 * ReportPartEffect.
 */
export const EVENTS: { readonly [Kind in Effect['kind']]?: Emitted<Kind> } = {
  stationBooted: {
    to: [TOPICS.boot],
    events: ({ effect, now }) => [{ time: { at: now }, payload: bootPayload(effect) }],
  },
  connectorStatus: {
    to: [TOPICS.status],
    events: (entry, written) =>
      news(entry, written, [{ time: entry.effect.time, payload: statusPayload(entry.effect) }]),
  },
  meterValues: {
    to: [...CHANGE, TOPICS.meter],
    events: (entry) => {
      const { effect } = entry;
      const payload = meter({ transactionId: meantBy(entry)?.transactionId, samples: effect.samples }, effect);
      return [...repeatable(entry, effect.time, payload), ...changed(entry)];
    },
  },
  transactionStarted: MESSAGE,
  transactionUpdated: MESSAGE,
  transactionEnded: MESSAGE,
  transactionStatusReported: END,
  transactionEndInferred: END,
  stopAssigned: END,
  remoteStartRefused: { to: CHANGE, events: transactionEvents },
  securityEvent: {
    to: [TOPICS.security],
    events: (entry, written) =>
      news(entry, written, [{ time: entry.effect.time, payload: securityPayload(entry.effect) }]),
  },
  signingRequest: {
    to: [TOPICS.security],
    events: ({ effect }) => [{ time: effect.time, payload: csrPayload(effect) }],
  },
  firmwareStatus: {
    to: [TOPICS.firmware],
    events: (entry) => repeatable(entry, entry.effect.time, firmwarePayload(entry.effect)),
  },
  firmwarePublicationStatus: {
    to: [TOPICS.firmware],
    events: (entry) => repeatable(entry, entry.effect.time, publicationPayload(entry.effect)),
  },
  logStatus: {
    to: [TOPICS.log],
    events: (entry) => repeatable(entry, entry.effect.time, logPayload(entry.effect)),
  },
  dataTransferred: {
    to: [TOPICS.data],
    events: (entry) => repeatable(entry, entry.effect.time, dataPayload(entry.effect)),
  },
  stationEvents: {
    to: [TOPICS.event],
    events: (entry, written) =>
      news(
        entry,
        written,
        entry.effect.events.map((event) => ({ time: event.time, payload: eventPayload(event) })),
      ),
  },
  chargingLimit: {
    to: [TOPICS.charging],
    events: (entry) => repeatable(entry, entry.effect.time, limitPayload(entry.effect)),
  },
  evChargingNeeds: {
    to: [TOPICS.charging],
    events: (entry) => repeatable(entry, entry.effect.time, needsPayload(entry.effect)),
  },
  evChargingSchedule: {
    to: [TOPICS.charging],
    events: (entry, written) =>
      news(entry, written, [{ time: entry.effect.time, payload: schedulePayload(entry.effect) }]),
  },
  reservationEnded: {
    to: [TOPICS.reservation],
    events: (entry) => repeatable(entry, entry.effect.time, reservationPayload(entry.effect)),
  },
  reportRequested: {
    to: [TOPICS.report],
    events: ({ effect, now }, written) => [{ time: { at: now }, payload: reportPayload(effect, written) }],
  },
  reportPart: {
    to: [TOPICS.report],
    events: ({ effect }, written) => [{ time: effect.time, payload: reportPayload(effect, written) }],
  },
};

/** The outbox entries that publish an effect on Kafka, in order. */
export function eventEntries(entry: Entry, written: Written, pod: string): OutboxEntry[] {
  const { station, now, traceparent } = entry;
  // An entry is only ever given to the events of its own kind.
  const emitted = EVENTS[entry.effect.kind] as Emitted<Effect['kind']> | undefined;
  return (emitted?.events(entry, written) ?? []).map(({ time, payload, id, recordedAt = now }) =>
    eventEntry({ ...station, pod, now: recordedAt, time, payload, id, traceparent }),
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
  traceparent?: string;
}): OutboxEntry {
  const { cpId, protocol, pod, now, time, payload, id, traceparent } = facts;
  const event = makeEvent({
    cpId,
    protocol,
    pod,
    occurredAt: time.at,
    recordedAt: now,
    payload,
    id,
    traceparent,
    ...(time.raw === undefined ? {} : { occurredAtRaw: time.raw }),
  });
  return { lane: 'kafka', destination: event.type, cpId, eventId: event.id, payload: encodeEvent(event) };
}

/** The notifications that repeat nothing, in the order in which they were received. */
function news({ now }: Entry, { received }: Written, bodies: readonly EventBody[]): EventBody[] {
  return bodies.flatMap((one, index) => {
    const recordedAt = received ? received[index] : now;
    return recordedAt ? [{ ...one, recordedAt }] : [];
  });
}

/** The event of a fact that no row remembers, or not in every case. */
function repeatable({ station, effect, occurrence }: Entry, time: ChargerTime, payload: Payload): EventBody[] {
  const content = [station.cpId, effect, ...(occurrence ? [occurrence] : [])];
  return [{ time, payload, id: repeatableEventId(time.at, content) }];
}
