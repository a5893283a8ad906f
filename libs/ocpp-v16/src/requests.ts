import type { RequestRule } from '@ocpp-gw/ocpp-j';
import type { OutboundAction } from './commands/table.ts';
import type { InboundAction } from './directions.ts';

/** Further rules for our requests (section 4.2, notes 2.9). */
export const requests = {
  ExtendedTriggerMessage: { brings: triggered },
  GetDiagnostics: { brings: 'DiagnosticsStatusNotification' },
  GetLog: { brings: 'LogStatusNotification' },
  RemoteStartTransaction: { waitsForAcceptance: true },
  RemoteStopTransaction: { waitsForAcceptance: true },
  SignedUpdateFirmware: { brings: 'SignedFirmwareStatusNotification' },
  TriggerMessage: { brings: triggered },
  UpdateFirmware: { brings: 'FirmwareStatusNotification' },
} satisfies Partial<Record<OutboundAction, RequestRule<InboundAction>>>;

/** A trigger names a message by its action, except for one message. */
function triggered({ requestedMessage }: Record<string, unknown>): string | null {
  if (typeof requestedMessage !== 'string') return null;
  return requestedMessage === 'SignChargePointCertificate' ? 'SignCertificate' : requestedMessage;
}
