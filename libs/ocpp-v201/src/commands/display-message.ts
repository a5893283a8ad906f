import type { DisplayMessage } from '@ocpp-gw/contracts';
import type { MessageInfoType } from '#generated/messages.d.ts';
import { readComponent } from './component.ts';

/** Without custom data. */
export function readDisplayMessage(info: MessageInfoType): DisplayMessage {
  const { id, priority, state, startDateTime, endDateTime, transactionId, message, display } = info;
  const { format, language, content } = message;
  return {
    id,
    priority,
    state,
    startDateTime,
    endDateTime,
    transactionId,
    message: { format, language, content },
    display: display && readComponent(display),
  };
}
