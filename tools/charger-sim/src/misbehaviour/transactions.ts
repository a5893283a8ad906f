import type { Payload, Sending } from '../message.ts';
import { type Misbehaviour, type Script, again, info, of, rewritten, send } from './misbehaviour.ts';

const POWER_CUT = { kind: 'power-cut' } as const;
const LINK_CUT = { kind: 'link-cut' } as const;

/** Ends that come late, twice, otherwise or never; and starts. */
export const ends: readonly Misbehaviour[] = [
  {
    name: 'provisional-stop',
    kind: 'end',
    does: 'A stop of reason PowerLoss with the last register sent, then the true stop.',
    script: <Message extends Sending>(version: '1.6' | '2.0.1'): Script<Message> => {
      const last = new Map<number, Message>();
      return (message) => {
        if (message.role !== 'stop') last.set(message.session, message);
        const known = last.get(message.session);
        if (message.role !== 'stop' || !known) return [send(message)];
        const { registerWh } = known;
        if (version === '1.6') {
          const provisional = rewritten(message, ({ transactionData: _, ...payload }) => ({
            ...payload,
            meterStop: registerWh,
            reason: 'PowerLoss',
          }));
          return [send({ ...provisional, registerWh }), send(message)];
        }
        const { meterValue } = known.payload() as Payload;
        const provisional = rewritten(message, (payload) => ({
          ...payload,
          triggerReason: 'AbnormalCondition',
          transactionInfo: { ...info(payload), stoppedReason: 'PowerLoss' },
          meterValue,
        }));
        const true_ = rewritten(message, (payload) => ({ ...payload, seqNo: Number(payload['seqNo']) + 1 }));
        return [send({ ...provisional, registerWh }), send(true_)];
      };
    },
  },
  {
    name: 'lost-stop',
    kind: 'end',
    does: 'A power cut ends each session; its stop is never sent.',
    hides: ['end', 'energy'],
    script: of(['stop'], () => [POWER_CUT]),
  },
  {
    name: 'late-stop',
    kind: 'end',
    does: 'A power cut ends each session; its stop is sent after the boot.',
    script: of(['stop'], (message) => [POWER_CUT, send(message)]),
  },
  {
    name: 'stop-after-next-start',
    kind: 'end',
    does: 'A stop is sent only after the next start at its connector; the last one never.',
    hides: ['end', 'energy'],
    script: <Message extends Sending>(): Script<Message> => {
      const held = new Map<number, Message>();
      return (message) => {
        if (message.role === 'stop') {
          held.set(message.connector, message);
          return [];
        }
        const stop = held.get(message.connector);
        if (message.role !== 'start' || !stop) return [send(message)];
        held.delete(message.connector);
        return [send(message), send(stop)];
      };
    },
  },
  {
    name: 'offline-end',
    kind: 'end',
    does: 'The link is lost before each stop, which is sent after the reconnect.',
    script: (version) => (message) =>
      message.role === 'stop'
        ? [
            LINK_CUT,
            send(version === '1.6' ? message : rewritten(message, (payload) => ({ ...payload, offline: true }))),
          ]
        : [send(message)],
  },
  {
    name: 'lost-start',
    kind: 'start',
    does: 'The start is never sent; 1.6 then names transaction -1.',
    hides: ['start', 'token', 'end', 'energy'],
    script: of(['start'], () => []),
  },
  {
    name: 'reboot-after-session',
    kind: 'link',
    does: 'The charger boots again after each session.',
    script: of(['stop'], (message) => [send(message), POWER_CUT]),
  },
];

/** What comes twice, late or under another number. */
export const orders: readonly Misbehaviour[] = [
  {
    name: 'restart-numbering',
    kind: 'order',
    version: '2.0.1',
    does: 'The station boots within each transaction and counts its events from 0 again.',
    script: <Message extends Sending>(): Script<Message> => {
      const counts = new Map<number, number>();
      const bases = new Map<number, number>();
      return (message) => {
        const count = counts.get(message.session) ?? 0;
        counts.set(message.session, count + 1);
        const cut = message.role === 'update' && count >= 2 && !bases.has(message.session);
        if (cut) bases.set(message.session, count);
        const base = bases.get(message.session) ?? 0;
        const numbered = rewritten(message, (payload) => ({ ...payload, seqNo: Number(payload['seqNo']) - base }));
        return cut ? [POWER_CUT, send(numbered)] : [send(numbered)];
      };
    },
  },
  {
    name: 'out-of-order',
    kind: 'order',
    does: 'The last reading of a session is sent after its stop.',
    script: <Message extends Sending>(): Script<Message> => {
      const held = new Map<number, Message>();
      return (message) => {
        const before = held.get(message.session);
        held.delete(message.session);
        const earlier = before ? [send(before)] : [];
        if (message.role === 'stop') return [send(message), ...earlier];
        if (message.role !== 'update') return [...earlier, send(message)];
        held.set(message.session, message);
        return earlier;
      };
    },
  },
  {
    name: 'repeat-start',
    kind: 'order',
    does: 'Each start is sent twice, with another message id.',
    script: of(['start'], (message) => [send(message), again(message)]),
  },
  {
    name: 'repeat-stop',
    kind: 'order',
    does: 'Each stop is sent twice, with another message id.',
    script: of(['stop'], (message) => [send(message), again(message)]),
  },
  {
    name: 'repeat-all',
    kind: 'order',
    does: 'Each message of a session is sent twice, with another message id.',
    script: of(['start', 'update', 'stop'], (message) => [send(message), again(message)]),
  },
  {
    name: 'repeat-after-reconnect',
    kind: 'order',
    does: 'Each start and stop is sent again on a new connection.',
    script: of(['start', 'stop'], (message) => [send(message), LINK_CUT, again(message)]),
  },
  {
    name: 'repeat-after-reboot',
    kind: 'order',
    does: 'Each stop is sent again after a boot.',
    script: of(['stop'], (message) => [send(message), POWER_CUT, again(message)]),
  },
];
