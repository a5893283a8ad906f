import type { DataTransfer } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** DataTransfer, central system to charge point (OCPP 1.6 section 5.6). */
export function dataTransfer({ vendorId, messageId, data }: DataTransfer): Translation {
  return checked('DataTransfer', { vendorId, messageId, data });
}
