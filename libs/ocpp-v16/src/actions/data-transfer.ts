import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { DataTransferRequest, DataTransferResponse } from '#generated/messages.d.ts';

/**
 * DataTransfer, charge point to central system (OCPP 1.6 section 4.3).
 * Data of a vendor. The receiver that is registered for it answers. Data without a receiver is not kept.
 */
export const dataTransfer: ActionHandler<DataTransferRequest, DataTransferResponse, 'dataTransfer'> = {
  lookups: ({ vendorId, messageId, data }) => ({ dataTransfer: { vendorId, messageId, data } }),
  decide({ vendorId, messageId, data }, facts) {
    const answer = answered(facts.dataTransfer, 'dataTransfer');
    const { status } = answer;
    const heard = status === 'Accepted' || status === 'Rejected';
    return {
      reply: { status, ...(answer.data === undefined ? {} : { data: answer.data }) },
      before: heard ? [{ kind: 'dataTransferred', vendorId, messageId, data, status, time: { at: facts.now } }] : [],
    };
  },
};
