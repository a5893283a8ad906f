import type { OutboundAction } from '../directions.ts';
import { cancelReservationMirror } from './cancel-reservation.ts';
import { certificateSignedMirror } from './certificate-signed.ts';
import { changeAvailabilityMirror } from './change-availability.ts';
import { changeConfigurationMirror } from './change-configuration.ts';
import { clearChargingProfileMirror } from './clear-charging-profile.ts';
import { deleteCertificateMirror } from './delete-certificate.ts';
import { getConfigurationMirror } from './get-configuration.ts';
import { getDiagnosticsMirror } from './get-diagnostics.ts';
import { getInstalledCertificateIdsMirror } from './get-installed-certificate-ids.ts';
import { getLocalListVersionMirror } from './get-local-list-version.ts';
import { getLogMirror } from './get-log.ts';
import { installCertificateMirror } from './install-certificate.ts';
import type { MirrorOf } from './mirror.ts';
import { remoteStartMirror } from './remote-start.ts';
import { reserveNowMirror } from './reserve-now.ts';
import { sendLocalListMirror } from './send-local-list.ts';
import { setChargingProfileMirror } from './set-charging-profile.ts';
import { signedUpdateFirmwareMirror } from './signed-update-firmware.ts';
import { updateFirmwareMirror } from './update-firmware.ts';

/** What CALLs of ours bring about; an action that is not here changes nothing that lasts. */
export const mirrors = {
  CancelReservation: cancelReservationMirror,
  CertificateSigned: certificateSignedMirror,
  ChangeAvailability: changeAvailabilityMirror,
  ChangeConfiguration: changeConfigurationMirror,
  ClearChargingProfile: clearChargingProfileMirror,
  DeleteCertificate: deleteCertificateMirror,
  GetConfiguration: getConfigurationMirror,
  GetDiagnostics: getDiagnosticsMirror,
  GetInstalledCertificateIds: getInstalledCertificateIdsMirror,
  GetLocalListVersion: getLocalListVersionMirror,
  GetLog: getLogMirror,
  InstallCertificate: installCertificateMirror,
  RemoteStartTransaction: remoteStartMirror,
  ReserveNow: reserveNowMirror,
  SendLocalList: sendLocalListMirror,
  SetChargingProfile: setChargingProfileMirror,
  SignedUpdateFirmware: signedUpdateFirmwareMirror,
  UpdateFirmware: updateFirmwareMirror,
} satisfies { [A in OutboundAction]?: MirrorOf<A> };
