import { outboundBy } from './outbound.ts';
import { update, updateFirmware } from './update-firmware.ts';

/** UpdateFirmware with a signature (OCPP 2.0.1 L01). */
export const signedUpdateFirmware = outboundBy(updateFirmware, 'SignedUpdateFirmware', { toCall: update });
