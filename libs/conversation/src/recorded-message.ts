import { transactionNamed } from '@ocpp-gw/ocpp-j';
import type { RecordedMessage } from './conversation.ts';
import { frameOf } from './frame.ts';

/** What is known of a frame besides its text. */
export type Circumstances = Pick<RecordedMessage, 'cpId' | 'at' | 'direction' | 'protocol'> &
  Partial<Omit<RecordedMessage, 'raw' | 'kind' | 'messageId'>>;

const encoder = new TextEncoder();

/** Makes a message of the text of a frame. The action of an answer is that of its CALL, so the caller has to name it. */
export function recordedMessage(raw: string, known: Circumstances): RecordedMessage {
  const bare: RecordedMessage = {
    eventId: '',
    outcome: '',
    errorCode: '',
    connectionId: '',
    transactionId: '',
    action: '',
    ...known,
    kind: 'unreadable',
    messageId: '',
    sizeBytes: known.sizeBytes ?? encoder.encode(raw).length,
    raw,
  };
  const frame = frameOf(bare);
  switch (frame.kind) {
    case 'call': {
      const transactionId = known.transactionId ?? transactionNamed(frame.payload);
      return { ...bare, kind: 'call', messageId: frame.id, action: known.action || frame.action, transactionId };
    }
    case 'result':
      return { ...bare, kind: 'call_result', messageId: frame.id, outcome: 'result' };
    case 'error':
      return {
        ...bare,
        kind: 'call_error',
        messageId: frame.id,
        outcome: 'error',
        errorCode: known.errorCode || frame.word,
      };
    case 'brokenAnswer':
    case 'ignored':
    case 'fault':
      return bare;
  }
}
