import { commandSet, type OutboundCommand } from '@ocpp-gw/ocpp-j';
import { cancelReservation } from './cancel-reservation.ts';
import { certificateSigned } from './certificate-signed.ts';
import { changeAvailability } from './change-availability.ts';
import { changeConfiguration } from './change-configuration.ts';
import { clearCache } from './clear-cache.ts';
import { clearChargingProfile } from './clear-charging-profile.ts';
import { dataTransfer } from './data-transfer.ts';
import { deleteCertificate } from './delete-certificate.ts';
import { extendedTriggerMessage } from './extended-trigger-message.ts';
import { getCompositeSchedule } from './get-composite-schedule.ts';
import { getConfiguration } from './get-configuration.ts';
import { getDiagnostics } from './get-diagnostics.ts';
import { getInstalledCertificateIds } from './get-installed-certificate-ids.ts';
import { getLocalListVersion } from './get-local-list-version.ts';
import { getLog } from './get-log.ts';
import { installCertificate } from './install-certificate.ts';
import { rules } from './outbound.ts';
import { remoteStart } from './remote-start.ts';
import { remoteStop } from './remote-stop.ts';
import { reserveNow } from './reserve-now.ts';
import { reset } from './reset.ts';
import { sendLocalList } from './send-local-list.ts';
import { setChargingProfile } from './set-charging-profile.ts';
import { signedUpdateFirmware } from './signed-update-firmware.ts';
import { triggerMessage } from './trigger-message.ts';
import { unlockConnector } from './unlock-connector.ts';
import { updateFirmware } from './update-firmware.ts';

/** Every command that OCPP 1.6 has a message for. */
export const commands = [
  remoteStart,
  remoteStop,
  reset,
  unlockConnector,
  changeAvailability,
  changeConfiguration,
  getConfiguration,
  clearCache,
  dataTransfer,
  triggerMessage,
  extendedTriggerMessage,
  reserveNow,
  cancelReservation,
  sendLocalList,
  getLocalListVersion,
  setChargingProfile,
  clearChargingProfile,
  getCompositeSchedule,
  getDiagnostics,
  getLog,
  updateFirmware,
  signedUpdateFirmware,
  installCertificate,
  deleteCertificate,
  getInstalledCertificateIds,
  certificateSigned,
] as const satisfies readonly OutboundCommand[];

/** Actions the CSMS sends. */
export type OutboundAction = (typeof commands)[number]['action'];

export const { outboundActions, validateCommandPayload, translate, mirrors, readStatus, readAnswer } = commandSet({
  version: 'OCPP 1.6',
  station: 'charge point',
  commands,
  rules,
});
