import type { EventFacts } from '@ocpp-gw/contracts';
import type {
  DataTransferredEffect,
  FirmwareStatusEffect,
  LogStatusEffect,
  SecurityEventEffect,
  SigningRequestEffect,
} from '@ocpp-gw/ocpp-j';
import { int32 } from './wire-values.ts';

type Payload = EventFacts['payload'];

export function firmwarePayload({ status, requestId, signed }: FirmwareStatusEffect): Payload {
  return { $case: 'firmwareStatusChanged', value: { status, requestId: optional(requestId), signed } };
}

export function logPayload({ status, requestId, upload }: LogStatusEffect): Payload {
  return {
    $case: 'logStatusChanged',
    value: { status, requestId: optional(requestId), diagnostics: upload === 'diagnostics' },
  };
}

export function securityPayload({ type, techInfo }: SecurityEventEffect): Payload {
  return { $case: 'securityEventOccurred', value: { eventType: type, techInfo: techInfo ?? '' } };
}

export function csrPayload({ csr, key, refusal }: SigningRequestEffect): Payload {
  return {
    $case: 'certificateSigningRequested',
    value: {
      csr,
      status: key ? 'Accepted' : 'Rejected',
      refusal: refusal ?? '',
      commonName: key?.commonName ?? '',
    },
  };
}

export function dataPayload({ vendorId, messageId, data, status }: DataTransferredEffect): Payload {
  return { $case: 'dataTransferred', value: { vendorId, messageId: messageId ?? '', data: data ?? '', status } };
}

function optional(requestId: number | undefined): number | undefined {
  return requestId === undefined ? undefined : int32(requestId);
}
