/** The actions that a charge point sends after it accepted a request, for both versions. */
const BRINGS: Readonly<Record<string, string>> = {
  GetBaseReport: 'NotifyReport',
  GetReport: 'NotifyReport',
  GetMonitoringReport: 'NotifyMonitoringReport',
  GetChargingProfiles: 'ReportChargingProfiles',
  GetDisplayMessages: 'NotifyDisplayMessages',
  CustomerInformation: 'NotifyCustomerInformation',
  GetLog: 'LogStatusNotification',
  GetDiagnostics: 'DiagnosticsStatusNotification',
  UpdateFirmware: 'FirmwareStatusNotification',
  SignedUpdateFirmware: 'SignedFirmwareStatusNotification',
  PublishFirmware: 'PublishFirmwareStatusNotification',
};

const TRIGGERS: ReadonlySet<string> = new Set(['TriggerMessage', 'ExtendedTriggerMessage']);

/**
 * Actions that a charge point was asked to send and, by its answer, will send. They are accepted although the charge
 * point is not Accepted yet (OCPP 2.0.1 B02, notes 2.9).
 */
export function askedFor(
  action: string,
  { requestedMessage }: Record<string, unknown>,
  { status = 'Accepted' }: Record<string, unknown>,
): readonly string[] {
  // GetLog that ends another upload is AcceptedCanceled; 1.6 has answers without a status.
  if (typeof status !== 'string' || !status.startsWith('Accepted')) return [];
  if (TRIGGERS.has(action) && typeof requestedMessage === 'string') return [triggered(requestedMessage)];
  const brought = Object.hasOwn(BRINGS, action) ? BRINGS[action] : undefined;
  return brought === undefined ? [] : [brought];
}

/** SignChargePointCertificate, SignChargingStationCertificate, SignV2GCertificate and SignCombinedCertificate ask for a request. */
function triggered(message: string): string {
  return /^Sign\w*Certificate$/.test(message) ? 'SignCertificate' : message;
}
