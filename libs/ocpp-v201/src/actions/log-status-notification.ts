import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { LogStatusNotificationRequest, LogStatusNotificationResponse } from '#generated/messages.d.ts';

/**
 * LogStatusNotification, charging station to CSMS (OCPP 2.0.1 N01).
 * The progress of the upload that GetLog asked for. It carries no time.
 */
export const logStatusNotification: ActionHandler<LogStatusNotificationRequest, LogStatusNotificationResponse, never> =
  {
    lookups: () => ({}),
    decide: ({ status, requestId }, { now }) => ({
      reply: {},
      before: [{ kind: 'logStatus', upload: 'log', status, requestId, time: { at: now } }],
    }),
  };
