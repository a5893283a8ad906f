import { v7 as uuidv7 } from 'uuid';
import { Event } from './generated/events/v1/events.ts';
import { TOPICS, type Topic } from './topics.ts';

export const EVENT_SCHEMA_VERSION = 1;

type Payload = NonNullable<Event['payload']>;

const TOPIC_OF: Record<Payload['$case'], Topic> = {
  stationBooted: TOPICS.boot,
  connectorStatusChanged: TOPICS.status,
  meterValuesReported: TOPICS.meter,
  transactionStarted: TOPICS.transactionStarted,
  transactionUpdated: TOPICS.transactionUpdated,
  transactionEnded: TOPICS.transactionEnded,
  connectionChanged: TOPICS.connection,
  commandCompleted: TOPICS.command,
  firmwareStatusChanged: TOPICS.firmware,
  logStatusChanged: TOPICS.log,
  securityEventOccurred: TOPICS.security,
  certificateSigningRequested: TOPICS.security,
  dataTransferred: TOPICS.data,
  stationEventOccurred: TOPICS.event,
  firmwarePublicationChanged: TOPICS.firmware,
  chargingLimitChanged: TOPICS.charging,
  evChargingNeedsReported: TOPICS.charging,
  evChargingScheduleReported: TOPICS.charging,
  reservationEnded: TOPICS.reservation,
  reportCompleted: TOPICS.report,
  chargePointManaged: TOPICS.station,
  fieldDeviated: TOPICS.deviation,
  findingChanged: TOPICS.finding,
  ocppMessage: TOPICS.message,
};

export interface EventFacts {
  cpId: string;
  protocol: string;
  pod: string;
  occurredAt: Date;
  recordedAt: Date;
  occurredAtRaw?: string;
  traceparent?: string;
  payload: Payload;
  /** The event id, where a repetition must have the same one; a new id unless given. */
  id?: string | undefined;
}

/** Puts facts into the envelope: UUIDv7, topic by payload. */
export function makeEvent(facts: EventFacts): Event & { type: Topic } {
  return {
    id: facts.id ?? uuidv7({ msecs: facts.recordedAt.getTime() }),
    schemaVersion: EVENT_SCHEMA_VERSION,
    type: TOPIC_OF[facts.payload.$case],
    cpId: facts.cpId,
    protocol: facts.protocol,
    occurredAt: facts.occurredAt,
    recordedAt: facts.recordedAt,
    pod: facts.pod,
    traceparent: facts.traceparent ?? '',
    occurredAtRaw: facts.occurredAtRaw ?? '',
    payload: facts.payload,
  };
}

export function encodeEvent(event: Event): Uint8Array {
  return Event.encode(event).finish();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id by which consumers deduplicate.
 * @throws UndecodableEventError when it is no UUID
 */
export function checkEventId({ id }: Pick<Event, 'id'>): void {
  if (!UUID.test(id)) throw new UndecodableEventError(`event id "${id}" is no UUID`);
}

/** Thrown when bytes are no event of a known schema version. A retry never helps. */
export class UndecodableEventError extends Error {
  override readonly name = 'UndecodableEventError';
  readonly retriable = false;
}

/** @throws UndecodableEventError */
export function decodeEvent(bytes: Uint8Array): Event {
  let event: Event;
  try {
    event = Event.decode(bytes);
  } catch (cause) {
    throw new UndecodableEventError('not an events.v1.Event', { cause });
  }
  if (event.schemaVersion !== EVENT_SCHEMA_VERSION)
    throw new UndecodableEventError(`schema version ${event.schemaVersion} is not ${EVENT_SCHEMA_VERSION}`);
  if (!event.id || !event.cpId || !event.payload) throw new UndecodableEventError('id, cp_id or payload is missing');
  return event;
}
