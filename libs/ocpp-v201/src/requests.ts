import type { RequestRule } from '@ocpp-gw/ocpp-j';
import type { OutboundAction } from './commands/table.ts';
import type { InboundAction } from './directions.ts';

/** Further rules for our requests (B02, notes 2.9). */
export const requests = {
  CustomerInformation: { brings: 'NotifyCustomerInformation' },
  GetBaseReport: { brings: 'NotifyReport' },
  GetChargingProfiles: { brings: 'ReportChargingProfiles' },
  GetDisplayMessages: { brings: 'NotifyDisplayMessages' },
  GetLog: { brings: 'LogStatusNotification' },
  GetMonitoringReport: { brings: 'NotifyMonitoringReport' },
  GetReport: { brings: 'NotifyReport' },
  PublishFirmware: { brings: 'PublishFirmwareStatusNotification' },
  RequestStartTransaction: { waitsForAcceptance: true },
  RequestStopTransaction: { waitsForAcceptance: true },
  TriggerMessage: { brings: triggered },
  UpdateFirmware: { brings: 'FirmwareStatusNotification' },
} satisfies Partial<Record<OutboundAction, RequestRule<InboundAction>>>;

/** A trigger names a message by its action, except that each kind of certificate has a name of its own. */
function triggered({ requestedMessage }: Record<string, unknown>): string | null {
  if (typeof requestedMessage !== 'string') return null;
  return /^Sign\w*Certificate$/.test(requestedMessage) ? 'SignCertificate' : requestedMessage;
}
