import { type ActionHandler, clockIsAbsurd, readChargerTime, rulesMet } from '@ocpp-gw/ocpp-j';
import type { SecurityEventNotificationRequest, SecurityEventNotificationResponse } from '#generated/messages.d.ts';

/**
 * SecurityEventNotification, charge point to central system (OCPP 1.6 security whitepaper, A04).
 * Something that matters to security happened, perhaps long ago and offline. Any type is taken: the list is open.
 */
export const securityEventNotification: ActionHandler<
  SecurityEventNotificationRequest,
  SecurityEventNotificationResponse,
  never
> = {
  lookups: () => ({}),
  decide: ({ type, timestamp, techInfo }, { now }) => ({
    reply: {},
    before: [{ kind: 'securityEvent', type, techInfo, time: readChargerTime(timestamp, now) }],
    noted: rulesMet({ 'clock-absurd': clockIsAbsurd(timestamp, now) }),
  }),
};
