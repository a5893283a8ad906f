import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { DataTransferRequest, DataTransferResponse } from '#generated/messages.d.ts';

/** Of no type in 2.0.1: any JSON. */
type Data = DataTransferRequest['data'];

/**
 * DataTransfer, charging station to CSMS (OCPP 2.0.1 P02).
 * Something of a vendor's own: whoever is registered for it answers. Of data that nobody reads nothing is kept.
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
