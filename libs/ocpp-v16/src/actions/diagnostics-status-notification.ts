import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type {
  DiagnosticsStatusNotificationRequest,
  DiagnosticsStatusNotificationResponse,
} from '#generated/messages.d.ts';

/**
 * DiagnosticsStatusNotification, charge point to central system (OCPP 1.6 section 4.4).
 * The progress of the upload that GetDiagnostics asked for. It carries neither an id nor a time.
 */
export const diagnosticsStatusNotification: ActionHandler<
  DiagnosticsStatusNotificationRequest,
  DiagnosticsStatusNotificationResponse,
  never
> = {
  lookups: () => ({}),
  decide: ({ status }, { now }) => ({
    reply: {},
    before: [{ kind: 'logStatus', upload: 'diagnostics', status, time: { at: now } }],
  }),
};
