import type { Command } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { call } from './call.ts';
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
import { onlyIn201 } from './only-in-201.ts';
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
      return triggerMessage(command);
    case 'ExtendedTriggerMessage':
      return extendedTriggerMessage(command);
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
      return updateFirmware(command);
    case 'SignedUpdateFirmware':
      return signedUpdateFirmware(command);
    case 'InstallCertificate':
      return installCertificate(command);
    case 'DeleteCertificate':
      return deleteCertificate(command);
    case 'GetInstalledCertificateIds':
      return getInstalledCertificateIds(command);
    case 'CertificateSigned':
      return certificateSigned(command);
    case 'Call':
      return call(command);
    case 'GetVariables':
    case 'SetVariables':
    case 'GetBaseReport':
    case 'GetReport':
    case 'SetNetworkProfile':
    case 'GetTransactionStatus':
    case 'CostUpdated':
    case 'GetChargingProfiles':
    case 'PublishFirmware':
    case 'UnpublishFirmware':
    case 'CustomerInformation':
    case 'GetMonitoringReport':
    case 'SetMonitoringBase':
    case 'SetMonitoringLevel':
    case 'SetVariableMonitoring':
    case 'ClearVariableMonitoring':
    case 'SetDisplayMessage':
    case 'GetDisplayMessages':
    case 'ClearDisplayMessage':
      return onlyIn201(command.kind);
  }
}
