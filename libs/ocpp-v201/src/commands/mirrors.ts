import type { OutboundAction } from '../directions.ts';
import { cancelReservationMirror } from './cancel-reservation.ts';
import { certificateSignedMirror } from './certificate-signed.ts';
import { changeAvailabilityMirror } from './change-availability.ts';
import { clearChargingProfileMirror } from './clear-charging-profile.ts';
import { clearDisplayMessageMirror } from './clear-display-message.ts';
import { clearVariableMonitoringMirror } from './clear-variable-monitoring.ts';
import { customerInformationMirror } from './customer-information.ts';
import { deleteCertificateMirror } from './delete-certificate.ts';
import { getBaseReportMirror } from './get-base-report.ts';
import { getChargingProfilesMirror } from './get-charging-profiles.ts';
import { getDisplayMessagesMirror } from './get-display-messages.ts';
import { getInstalledCertificateIdsMirror } from './get-installed-certificate-ids.ts';
import { getLocalListVersionMirror } from './get-local-list-version.ts';
import { getLogMirror } from './get-log.ts';
import { getMonitoringReportMirror } from './get-monitoring-report.ts';
import { getReportMirror } from './get-report.ts';
import { getTransactionStatusMirror } from './get-transaction-status.ts';
import { getVariablesMirror } from './get-variables.ts';
import { installCertificateMirror } from './install-certificate.ts';
import type { MirrorOf } from './mirror.ts';
import { publishFirmwareMirror } from './publish-firmware.ts';
import { remoteStartMirror } from './remote-start.ts';
import { reserveNowMirror } from './reserve-now.ts';
import { sendLocalListMirror } from './send-local-list.ts';
import { setChargingProfileMirror } from './set-charging-profile.ts';
import { setDisplayMessageMirror } from './set-display-message.ts';
import { setNetworkProfileMirror } from './set-network-profile.ts';
import { setVariableMonitoringMirror } from './set-variable-monitoring.ts';
import { setVariablesMirror } from './set-variables.ts';
import { unpublishFirmwareMirror } from './unpublish-firmware.ts';
import { updateFirmwareMirror } from './update-firmware.ts';

/** What CALLs of ours bring about; an action that is not here changes nothing that lasts. */
export const mirrors = {
  CancelReservation: cancelReservationMirror,
  CertificateSigned: certificateSignedMirror,
  ChangeAvailability: changeAvailabilityMirror,
  ClearChargingProfile: clearChargingProfileMirror,
  ClearDisplayMessage: clearDisplayMessageMirror,
  ClearVariableMonitoring: clearVariableMonitoringMirror,
  CustomerInformation: customerInformationMirror,
  DeleteCertificate: deleteCertificateMirror,
  GetBaseReport: getBaseReportMirror,
  GetChargingProfiles: getChargingProfilesMirror,
  GetDisplayMessages: getDisplayMessagesMirror,
  GetInstalledCertificateIds: getInstalledCertificateIdsMirror,
  GetLocalListVersion: getLocalListVersionMirror,
  GetLog: getLogMirror,
  GetMonitoringReport: getMonitoringReportMirror,
  GetReport: getReportMirror,
  GetTransactionStatus: getTransactionStatusMirror,
  GetVariables: getVariablesMirror,
  InstallCertificate: installCertificateMirror,
  PublishFirmware: publishFirmwareMirror,
  RequestStartTransaction: remoteStartMirror,
  ReserveNow: reserveNowMirror,
  SendLocalList: sendLocalListMirror,
  SetChargingProfile: setChargingProfileMirror,
  SetDisplayMessage: setDisplayMessageMirror,
  SetNetworkProfile: setNetworkProfileMirror,
  SetVariableMonitoring: setVariableMonitoringMirror,
  SetVariables: setVariablesMirror,
  UnpublishFirmware: unpublishFirmwareMirror,
  UpdateFirmware: updateFirmwareMirror,
} satisfies { [A in OutboundAction]?: MirrorOf<A> };
