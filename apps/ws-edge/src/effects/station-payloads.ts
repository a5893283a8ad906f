import type { EventFacts } from '@ocpp-gw/contracts';
import type {
  ConnectorStatusEffect,
  DataTransferredEffect,
  EvseRef,
  FirmwareStatusEffect,
  LogStatusEffect,
  SecurityEventEffect,
  SigningRequestEffect,
  StationBootedEffect,
} from '@ocpp-gw/ocpp-j';
import { int32, optionalInt32 } from '@ocpp-gw/persistence/facts';

type Payload = EventFacts['payload'];

export function evse({ evseId, connectorId }: EvseRef): EvseRef {
  return { evseId: int32(evseId), connectorId: int32(connectorId) };
}

export function bootPayload(effect: StationBootedEffect): Payload {
  return {
    $case: 'stationBooted',
    value: {
      vendor: effect.vendor,
      model: effect.model,
      serialNumber: effect.serialNumber ?? '',
      firmwareVersion: effect.firmwareVersion ?? '',
      iccid: effect.iccid ?? '',
      imsi: effect.imsi ?? '',
      reason: effect.reason ?? '',
      registrationStatus: effect.registration.status,
      intervalSeconds: int32(effect.registration.intervalSeconds),
    },
  };
}

export function statusPayload(effect: ConnectorStatusEffect): Payload {
  return {
    $case: 'connectorStatusChanged',
    value: {
      ...evse(effect),
      status: effect.status,
      errorCode: effect.errorCode ?? '',
      info: effect.info ?? '',
      vendorId: effect.vendorId ?? '',
      vendorErrorCode: effect.vendorErrorCode ?? '',
    },
  };
}

export function firmwarePayload({ status, requestId, signed }: FirmwareStatusEffect): Payload {
  return { $case: 'firmwareStatusChanged', value: { status, ocppRequestId: optionalInt32(requestId), signed } };
}

export function logPayload({ status, requestId, upload }: LogStatusEffect): Payload {
  return {
    $case: 'logStatusChanged',
    value: { status, ocppRequestId: optionalInt32(requestId), diagnostics: upload === 'diagnostics' },
  };
}

export function securityPayload({ type, techInfo }: SecurityEventEffect): Payload {
  return { $case: 'securityEventOccurred', value: { eventType: type, techInfo: techInfo ?? '' } };
}

export function csrPayload({ csr, certificateType, key, refusal }: SigningRequestEffect): Payload {
  return {
    $case: 'certificateSigningRequested',
    value: {
      csr,
      status: key ? 'Accepted' : 'Rejected',
      refusal: refusal ?? '',
      commonName: key?.commonName ?? '',
      certificateType: certificateType ?? '',
    },
  };
}

export function dataPayload({ vendorId, messageId, data, status }: DataTransferredEffect): Payload {
  return { $case: 'dataTransferred', value: { vendorId, messageId: messageId ?? '', data: data ?? '', status } };
}
