import type { CommandAnswers, DataTransfer } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { DataTransferRequest, DataTransferResponse } from '#generated/messages.d.ts';
import { checked } from './checked.ts';

/** DataTransfer, CSMS to station (OCPP 2.0.1 P01). */
export function dataTransfer({ vendorId, messageId, data }: DataTransfer): Translation {
  // Its schema lets any JSON through, which its type does not show.
  return checked('DataTransfer', { vendorId, messageId, data: data as unknown as DataTransferRequest['data'] });
}

/** A text as it is, other JSON as its text. */
export function readData({ data }: DataTransferResponse): CommandAnswers['DataTransfer'] {
  const told: unknown = data;
  return { data: told === undefined || typeof told === 'string' ? told : JSON.stringify(told) };
}
