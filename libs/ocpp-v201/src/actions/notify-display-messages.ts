import type { ActionHandler, DisplayMessagesReportedEffect } from '@ocpp-gw/ocpp-j';
import type { NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse } from '#generated/messages.d.ts';
import { readDisplayMessage } from '../commands/display-message.ts';
import { reportPart } from './report-part.ts';

/**
 * NotifyDisplayMessages, charging station to CSMS (OCPP 2.0.1 O03, O04).
 * One part of the messages that GetDisplayMessages asked for. Parts are not numbered and carry no time.
 */
export const notifyDisplayMessages: ActionHandler<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse, never> =
  {
    lookups: () => ({}),
    decide(request, { now }) {
      const items = request.messageInfo ?? [];
      const reported: DisplayMessagesReportedEffect = {
        kind: 'displayMessagesReported',
        messages: items.map(readDisplayMessage),
      };
      return {
        reply: {},
        before: [...(items.length > 0 ? [reported] : []), reportPart('DisplayMessages', request, items, { at: now })],
      };
    },
  };
