import type { CommandDefinition, TypedKind } from '../define-command.ts';
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

/** Every command with a route and an rpc of its own. A kind of the bus that is not here does not compile. */
export const COMMANDS: { [K in TypedKind]: CommandDefinition<K> } = {
  RemoteStart: remoteStart,
  RemoteStop: remoteStop,
  Reset: reset,
  UnlockConnector: unlockConnector,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  GetConfiguration: getConfiguration,
  ClearCache: clearCache,
  DataTransfer: dataTransfer,
  TriggerMessage: triggerMessage,
  ExtendedTriggerMessage: extendedTriggerMessage,
  ReserveNow: reserveNow,
  CancelReservation: cancelReservation,
  SendLocalList: sendLocalList,
  GetLocalListVersion: getLocalListVersion,
  SetChargingProfile: setChargingProfile,
  ClearChargingProfile: clearChargingProfile,
  GetCompositeSchedule: getCompositeSchedule,
  GetDiagnostics: getDiagnostics,
  GetLog: getLog,
  UpdateFirmware: updateFirmware,
  SignedUpdateFirmware: signedUpdateFirmware,
  InstallCertificate: installCertificate,
  DeleteCertificate: deleteCertificate,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  CertificateSigned: certificateSigned,
};

export const ALL_COMMANDS: readonly CommandDefinition[] = Object.values(COMMANDS);
