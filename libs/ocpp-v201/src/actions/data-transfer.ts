import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { DataTransferRequest, DataTransferResponse } from '#generated/messages.d.ts';

/** 2.0.1 gives the data no type: it may be any JSON. */
type Data = DataTransferRequest['data'];

/**
 * DataTransfer, charging station to CSMS (OCPP 2.0.1 P02).
 * Data of a vendor. The receiver that is registered for it answers. Data without a receiver is not kept.
 */
export const dataTransfer: ActionHandler<DataTransferRequest, DataTransferResponse, 'dataTransfer'> = {
  lookups: ({ vendorId, messageId, data }) => ({ dataTransfer: { vendorId, messageId, data: textOf(data) } }),
  decide({ vendorId, messageId, data }, facts) {
    const { status, data: answer } = answered(facts.dataTransfer, 'dataTransfer');
    const heard = status === 'Accepted' || status === 'Rejected';
    return {
      reply: { status, ...(answer !== undefined && { data: answer as unknown as Data }) },
      before: heard
        ? [{ kind: 'dataTransferred', vendorId, messageId, data: textOf(data), status, time: { at: facts.now } }]
        : [],
    };
  },
};

/** As in 1.6, where data is a text. */
function textOf(data: unknown): string | undefined {
  return data === undefined || typeof data === 'string' ? data : JSON.stringify(data);
}
