import { readId, transactionNamed, type ParsedFrame } from '@ocpp-gw/ocpp-j';

/** What a frame is, as `events.v1.OcppMessage` says it. */
export interface FrameFacts {
  kind: 'call' | 'call_result' | 'call_error' | 'unreadable';
  action: string;
  messageId: string;
  outcome: '' | 'result' | 'error';
  errorCode: string;
  transactionId: string;
}

const UNREADABLE: FrameFacts = {
  kind: 'unreadable',
  action: '',
  messageId: '',
  outcome: '',
  errorCode: '',
  transactionId: '',
};

/** Texts of a charge point may have any length. */
const MOST = 255;

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST) : '');

const transactionIn = (payload: unknown): string => text(transactionNamed(payload));

/** The facts of a frame of a charge point. */
export function factsOfReceived(frame: ParsedFrame): FrameFacts {
  switch (frame.kind) {
    case 'call':
      return { ...called(frame.action, frame.id), transactionId: transactionIn(frame.payload) };
    case 'result':
      return { ...answered(frame.id), transactionId: transactionIn(frame.payload) };
    case 'error':
      return { ...refused(frame.id), errorCode: text(frame.word) };
    case 'brokenAnswer':
      return { ...UNREADABLE, messageId: text(frame.id) };
    case 'fault':
    case 'ignored':
      return UNREADABLE;
  }
}

/** The facts of a frame of the gateway, which is always OCPP-J. */
export function factsOfSent(frame: string): FrameFacts {
  const [type, writtenId, third, fourth] = JSON.parse(frame) as unknown[];
  // A charge point whose ids are numbers is answered with numbers.
  const id = readId(writtenId, frame)?.id ?? '';
  if (type === 2) return { ...called(text(third), id), transactionId: transactionIn(fourth) };
  if (type === 3) return { ...answered(id), transactionId: transactionIn(third) };
  return { ...refused(id), errorCode: text(third) };
}

const called = (action: string, id: string): FrameFacts => ({
  ...UNREADABLE,
  kind: 'call',
  action: text(action),
  messageId: text(id),
});
const answered = (id: string): FrameFacts => ({
  ...UNREADABLE,
  kind: 'call_result',
  outcome: 'result',
  messageId: text(id),
});
const refused = (id: string): FrameFacts => ({
  ...UNREADABLE,
  kind: 'call_error',
  outcome: 'error',
  messageId: text(id),
});
