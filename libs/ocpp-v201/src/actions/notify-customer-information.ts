import { type ActionHandler, clockIsAbsurd, readChargerTime, rulesMet } from '@ocpp-gw/ocpp-j';
import type { NotifyCustomerInformationRequest, NotifyCustomerInformationResponse } from '#generated/messages.d.ts';
import { reportPart } from './report-part.ts';

/**
 * NotifyCustomerInformation, charging station to CSMS (OCPP 2.0.1 N09, N10).
 * One part of what the station knows of a customer: a text of no prescribed form, cut anywhere.
 */
export const notifyCustomerInformation: ActionHandler<
  NotifyCustomerInformationRequest,
  NotifyCustomerInformationResponse,
  never
> = {
  lookups: () => ({}),
  decide: (request, { now }) => ({
    reply: {},
    before: [reportPart('CustomerInformation', request, [request.data], readChargerTime(request.generatedAt, now))],
    noted: rulesMet({ 'clock-absurd': clockIsAbsurd(request.generatedAt, now) }),
  }),
};
