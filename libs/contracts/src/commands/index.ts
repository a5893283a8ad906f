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
import type { AnswerOn, CommandDeclaration, CommandOn } from './define-command.ts';
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

/** In the order of the API description. */
const declared = [
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
] as const satisfies readonly CommandDeclaration[];

type Declared = (typeof declared)[number];
type Commands = { [D in Declared as D['kind']]: CommandOn<D> };

export type TypedKind = keyof Commands;
export type TypedCommand = Commands[TypedKind];

/** The charger's own protocol, as it is. */
export interface GenericCall {
  kind: 'Call';
  action: string;
  payload: Record<string, unknown>;
}

/** What we ask a charger to do. The library of the charger's protocol puts it into a CALL. */
export type Command = TypedCommand | GenericCall;
export type CommandKind = Command['kind'];
export type CommandOf<K extends CommandKind> = Extract<Command, { kind: K }>;

/** What a charger's answer holds besides its status, by command; commands that are not here have a status only. */
export type CommandAnswers = {
  [D in Declared as keyof D['said'] extends never ? never : D['kind']]: AnswerOn<D>;
};

/** Every command that has a route and an rpc of its own. */
export const ALL_COMMANDS: readonly CommandDeclaration<TypedKind>[] = declared;

export const COMMANDS = Object.fromEntries(ALL_COMMANDS.map((each) => [each.kind, each])) as Readonly<
  Record<TypedKind, CommandDeclaration<TypedKind>>
>;
