import type { Command } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { call } from './call.ts';
import { cancelReservation } from './cancel-reservation.ts';
import { certificateSigned } from './certificate-signed.ts';
import { changeAvailability } from './change-availability.ts';
import { changeConfiguration } from './change-configuration.ts';
import { clearCache } from './clear-cache.ts';
import { clearChargingProfile } from './clear-charging-profile.ts';
import { clearDisplayMessage } from './clear-display-message.ts';
import { clearVariableMonitoring } from './clear-variable-monitoring.ts';
import { costUpdated } from './cost-updated.ts';
import { customerInformation } from './customer-information.ts';
import { dataTransfer } from './data-transfer.ts';
import { deleteCertificate } from './delete-certificate.ts';
import { getBaseReport } from './get-base-report.ts';
import { getChargingProfiles } from './get-charging-profiles.ts';
import { getCompositeSchedule } from './get-composite-schedule.ts';
import { getConfiguration } from './get-configuration.ts';
import { getDiagnostics } from './get-diagnostics.ts';
import { getDisplayMessages } from './get-display-messages.ts';
import { getInstalledCertificateIds } from './get-installed-certificate-ids.ts';
import { getLocalListVersion } from './get-local-list-version.ts';
import { getLog } from './get-log.ts';
import { getMonitoringReport } from './get-monitoring-report.ts';
import { getReport } from './get-report.ts';
import { getTransactionStatus } from './get-transaction-status.ts';
import { getVariables } from './get-variables.ts';
import { installCertificate } from './install-certificate.ts';
import { publishFirmware } from './publish-firmware.ts';
import { remoteStart } from './remote-start.ts';
import { remoteStop } from './remote-stop.ts';
import { reserveNow } from './reserve-now.ts';
import { reset } from './reset.ts';
import { sendLocalList } from './send-local-list.ts';
import { setChargingProfile } from './set-charging-profile.ts';
import { setDisplayMessage } from './set-display-message.ts';
import { setMonitoringBase } from './set-monitoring-base.ts';
import { setMonitoringLevel } from './set-monitoring-level.ts';
import { setNetworkProfile } from './set-network-profile.ts';
import { setVariableMonitoring } from './set-variable-monitoring.ts';
import { setVariables } from './set-variables.ts';
import { triggerMessage } from './trigger-message.ts';
import { unlockConnector } from './unlock-connector.ts';
import { unpublishFirmware } from './unpublish-firmware.ts';
import { updateFirmware } from './update-firmware.ts';

/** Version-neutral command to a CALL of this version. */
export function translate(command: Command): Translation {
  switch (command.kind) {
    case 'RemoteStart':
      return remoteStart(command);
    case 'RemoteStop':
      return remoteStop(command);
    case 'Reset':
      return reset(command);
    case 'UnlockConnector':
      return unlockConnector(command);
    case 'ChangeAvailability':
      return changeAvailability(command);
    case 'ChangeConfiguration':
      return changeConfiguration(command);
    case 'GetConfiguration':
      return getConfiguration(command);
    case 'ClearCache':
      return clearCache();
    case 'DataTransfer':
      return dataTransfer(command);
    case 'TriggerMessage':
    case 'ExtendedTriggerMessage':
      return triggerMessage(command);
    case 'ReserveNow':
      return reserveNow(command);
    case 'CancelReservation':
      return cancelReservation(command);
    case 'SendLocalList':
      return sendLocalList(command);
    case 'GetLocalListVersion':
      return getLocalListVersion();
    case 'SetChargingProfile':
      return setChargingProfile(command);
    case 'ClearChargingProfile':
      return clearChargingProfile(command);
    case 'GetCompositeSchedule':
      return getCompositeSchedule(command);
    case 'GetDiagnostics':
      return getDiagnostics(command);
    case 'GetLog':
      return getLog(command);
    case 'UpdateFirmware':
    case 'SignedUpdateFirmware':
      return updateFirmware(command);
    case 'InstallCertificate':
      return installCertificate(command);
    case 'DeleteCertificate':
      return deleteCertificate(command);
    case 'GetInstalledCertificateIds':
      return getInstalledCertificateIds(command);
    case 'CertificateSigned':
      return certificateSigned(command);
    case 'GetVariables':
      return getVariables(command);
    case 'SetVariables':
      return setVariables(command);
    case 'GetBaseReport':
      return getBaseReport(command);
    case 'GetReport':
      return getReport(command);
    case 'SetNetworkProfile':
      return setNetworkProfile(command);
    case 'GetTransactionStatus':
      return getTransactionStatus(command);
    case 'CostUpdated':
      return costUpdated(command);
    case 'GetChargingProfiles':
      return getChargingProfiles(command);
    case 'PublishFirmware':
      return publishFirmware(command);
    case 'UnpublishFirmware':
      return unpublishFirmware(command);
    case 'CustomerInformation':
      return customerInformation(command);
    case 'GetMonitoringReport':
      return getMonitoringReport(command);
    case 'SetMonitoringBase':
      return setMonitoringBase(command);
    case 'SetMonitoringLevel':
      return setMonitoringLevel(command);
    case 'SetVariableMonitoring':
      return setVariableMonitoring(command);
    case 'ClearVariableMonitoring':
      return clearVariableMonitoring(command);
    case 'SetDisplayMessage':
      return setDisplayMessage(command);
    case 'GetDisplayMessages':
      return getDisplayMessages(command);
    case 'ClearDisplayMessage':
      return clearDisplayMessage(command);
    case 'Call':
      return call(command);
  }
}
