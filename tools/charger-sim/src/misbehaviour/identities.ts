import type { Payload, Sending } from '../message.ts';
import { type Misbehaviour, type Script, info, of, rewritten, send } from './misbehaviour.ts';

const POWER_CUT = { kind: 'power-cut' } as const;

/** Moves a part of the start to the message after it. */
const moved =
  (
    take: (payload: Payload) => Payload,
    without: (payload: Payload) => Payload,
    put: (payload: Payload, taken: Payload) => Payload,
  ) =>
  <Message extends Sending>(): Script<Message> => {
    const waiting = new Map<number, Message>();
    return (message) => {
      if (message.role === 'start') {
        waiting.set(message.session, message);
        return [send(rewritten(message, without))];
      }
      const start = waiting.get(message.session);
      if (!start) return [send(message)];
      waiting.delete(message.session);
      return [send(rewritten(message, (payload) => put(payload, take(start.payload() as Payload))))];
    };
  };

/** Who the messages are about: identities of transactions and drivers. */
export const identities: readonly Misbehaviour[] = [
  {
    name: 'no-transaction-id',
    kind: 'identity',
    version: '1.6',
    does: 'A stop names transaction 0 or -1; every other pair of sessions leaves the idTag out, too.',
    hides: ['end'],
    script: of(['stop'], (message) => [
      send(
        rewritten(message, ({ idTag, ...payload }) => ({
          ...payload,
          transactionId: message.session % 2 === 0 ? 0 : -1,
          ...(message.session % 4 < 2 && idTag !== undefined ? { idTag } : {}),
        })),
      ),
    ]),
  },
  {
    name: 'wrong-transaction-id',
    kind: 'identity',
    version: '1.6',
    does: 'A stop names the transaction of the session before, at the same connector.',
    hides: ['end'],
    script: <Message extends Sending>(): Script<Message> => {
      const before = new Map<number, Message>();
      return (message) => {
        if (message.role !== 'stop') return [send(message)];
        const last = before.get(message.connector);
        before.set(message.connector, message);
        if (!last) return [send(message)];
        const { transactionId } = last.payload() as Payload;
        return [send(rewritten(message, (payload) => ({ ...payload, transactionId })))];
      };
    },
  },
  {
    name: 'reused-transaction-id',
    kind: 'identity',
    version: '2.0.1',
    does: "Every transaction of an EVSE has the EVSE's number as its id; the station boots between them.",
    script: () => (message) => {
      const reused = rewritten(message, (payload) => ({
        ...payload,
        transactionInfo: { ...info(payload), transactionId: String(message.connector) },
      }));
      return message.role === 'stop' ? [send(reused), POWER_CUT] : [send(reused)];
    },
  },
  {
    name: 'late-token',
    kind: 'start',
    version: '2.0.1',
    does: 'Started bears no id token; the event after it does.',
    script: moved(
      ({ idToken }) => ({ idToken }),
      ({ idToken: _, ...payload }) => payload,
      (payload, taken) => ({ ...payload, ...taken }),
    ),
  },
  {
    name: 'late-ids',
    kind: 'start',
    version: '2.0.1',
    does: 'Started bears neither remoteStartId nor reservationId; the event after it does.',
    script: moved(
      (payload) => ({ reservationId: payload['reservationId'], remoteStartId: info(payload)['remoteStartId'] }),
      ({ reservationId: _, ...payload }) => {
        const { remoteStartId: __, ...transactionInfo } = info(payload);
        return { ...payload, transactionInfo };
      },
      (payload, { reservationId, remoteStartId }) => ({
        ...payload,
        ...(reservationId === undefined ? {} : { reservationId }),
        transactionInfo: { ...info(payload), ...(remoteStartId === undefined ? {} : { remoteStartId }) },
      }),
    ),
  },
  {
    name: 'token-case',
    kind: 'identity',
    does: 'The id token of a stop is in lower case, with a blank behind it where the version allows one.',
    script: of(['stop'], (message) => [
      send(
        rewritten(message, (payload) => {
          const { idTag, idToken } = payload as { idTag?: string; idToken?: { idToken: string } };
          return {
            ...payload,
            ...(idTag === undefined ? {} : { idTag: `${idTag.toLowerCase()} ` }),
            ...(idToken === undefined ? {} : { idToken: { ...idToken, idToken: idToken.idToken.toLowerCase() } }),
          };
        }),
      ),
    ]),
  },
];
