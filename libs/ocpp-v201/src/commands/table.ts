import { commandSet, type OutboundCommand } from '@ocpp-gw/ocpp-j';
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
import { extendedTriggerMessage } from './extended-trigger-message.ts';
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
import { rules } from './outbound.ts';
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
import { signedUpdateFirmware } from './signed-update-firmware.ts';
import { triggerMessage } from './trigger-message.ts';
import { unlockConnector } from './unlock-connector.ts';
import { unpublishFirmware } from './unpublish-firmware.ts';
import { updateFirmware } from './update-firmware.ts';

/** Every command that OCPP 2.0.1 has a message for. */
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
  getVariables,
  setVariables,
  getBaseReport,
  getReport,
  setNetworkProfile,
  getTransactionStatus,
  costUpdated,
  getChargingProfiles,
  publishFirmware,
  unpublishFirmware,
  customerInformation,
  getMonitoringReport,
  setMonitoringBase,
  setMonitoringLevel,
  setVariableMonitoring,
  clearVariableMonitoring,
  setDisplayMessage,
  getDisplayMessages,
  clearDisplayMessage,
] as const satisfies readonly OutboundCommand[];

/** Actions the CSMS sends. */
export type OutboundAction = (typeof commands)[number]['action'];

export const { outboundActions, validateCommandPayload, translate, mirrors, readStatus, readAnswer } = commandSet({
  version: 'OCPP 2.0.1',
  station: 'charging station',
  commands,
  rules,
});
