import { CallError } from '../errors.ts';
import type { Payload } from '../message.ts';
import type { Misbehaviour } from './misbehaviour.ts';

const TWO_HOURS_MS = 7_200_000;

/** Frames, ids of messages, connections. */
export const frames: readonly Misbehaviour[] = [
  { name: 'trailing-nul', kind: 'frame', does: 'A NUL byte follows every frame.', frame: (text) => `${text}\0` },
  { name: 'numeric-message-id', kind: 'frame', does: 'Message ids are numbers.', messageId: (count) => count },
  {
    name: 'long-message-id',
    kind: 'frame',
    does: 'Message ids have 60 characters.',
    messageId: (count) => `message-${count}-`.padEnd(60, 'x'),
  },
  {
    name: 'counted-message-id',
    kind: 'frame',
    does: 'Message ids count from 1 with every boot.',
    messageId: (count) => String(count),
  },
  {
    name: 'reconnect-loop',
    kind: 'link',
    does: 'The charger reconnects once a second.',
    connectionMs: 1000,
  },
  {
    name: 'hasty-heartbeats',
    kind: 'link',
    byNameOnly: true,
    does: 'A heartbeat is sent every second, whatever interval the CSMS gives.',
    heartbeatMs: 1000,
  },
  { name: 'trailing-slash', kind: 'link', does: 'A slash follows the identity in the address.', pathSuffix: '/' },
];

/** States of connectors. */
export const states: readonly Misbehaviour[] = [
  {
    name: 'status-ahead',
    kind: 'state',
    does: 'The state before a session is sent with a time two hours ahead of the clock.',
    payload: (payload, { action }) => {
      const { status, connectorStatus = status, timestamp } = payload as Record<string, string>;
      if (action !== 'StatusNotification' || !timestamp || !/Preparing|Occupied/.test(connectorStatus ?? ''))
        return payload;
      return { ...payload, timestamp: new Date(Date.parse(timestamp) + TWO_HOURS_MS).toISOString() };
    },
  },
  {
    name: 'faulted',
    kind: 'state',
    byNameOnly: true,
    does: 'A connector is Faulted whenever a car is plugged in, by a ground failure; it charges all the same.',
    payload: (payload, { action, version }) => {
      const { status, connectorStatus = status } = payload as Record<string, string>;
      if (action !== 'StatusNotification' || !/Preparing|Occupied/.test(connectorStatus ?? '')) return payload;
      return version === '1.6'
        ? { ...payload, status: 'Faulted', errorCode: 'GroundFailure' }
        : { ...payload, connectorStatus: 'Faulted' };
    },
  },
  {
    name: 'status-of-1.6',
    kind: 'state',
    version: '2.0.1',
    does: 'StatusNotification has the fields of OCPP 1.6.',
    payload: (payload, { action }) => {
      if (action !== 'StatusNotification') return payload;
      const { evseId, connectorStatus, timestamp } = payload;
      return { connectorId: evseId, errorCode: 'NoError', status: connectorStatus, timestamp };
    },
  },
];

/** Answers to what the CSMS asks. */
export const answers: readonly Misbehaviour[] = [
  {
    name: 'odd-answers',
    kind: 'answer',
    does: 'Answers have an empty customData and an unknown field; readonly is 0 or 1.',
    answer: (payload) => ({
      ...(readonlyAsNumber(payload) as Payload),
      customData: {},
      vendorNote: 'hello',
    }),
  },
  {
    name: 'answers-errors',
    kind: 'answer',
    byNameOnly: true,
    does: 'Every call of the CSMS is answered with the CALLERROR InternalError.',
    answer: () => {
      throw new CallError('InternalError', 'out of memory');
    },
  },
  {
    name: 'never-answers',
    kind: 'answer',
    byNameOnly: true,
    does: 'No call of the CSMS is answered.',
    silent: true,
  },
  {
    name: 'forgotten-queue',
    kind: 'answer',
    version: '2.0.1',
    does: 'GetTransactionStatus is answered that nothing goes on and nothing waits, always.',
    answer: (payload, action) =>
      action === 'GetTransactionStatus' ? { ongoingIndicator: false, messagesInQueue: false } : payload,
  },
];

function readonlyAsNumber(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readonlyAsNumber);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'readonly' ? Number(inner) : readonlyAsNumber(inner)]),
  );
}
