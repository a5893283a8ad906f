import type { CommandAnswers } from '@ocpp-gw/contracts';
import type { DataTransferRequest, DataTransferResponse } from '#generated/messages.d.ts';
import { outbound } from './outbound.ts';

/** DataTransfer, CSMS to station (OCPP 2.0.1 P01). */
export const dataTransfer = outbound('DataTransfer', 'DataTransfer', {
  toCall: ({ vendorId, messageId, data }, checked) =>
    checked({ vendorId, messageId, data: data as unknown as DataTransferRequest['data'] }),

  readAnswer: readData,
});

/** A text stays as it is; other JSON becomes its text. */
export function readData({ data }: DataTransferResponse): CommandAnswers['DataTransfer'] {
  const raw: unknown = data;
  return { data: raw === undefined || typeof raw === 'string' ? raw : JSON.stringify(raw) };
}
