import type { CommandKind } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';

/** Commands that 1.6 has no message for, each with the route of what comes nearest to it. */
const NEAREST = {
  GetVariables: 'get-configuration',
  SetVariables: 'change-configuration',
  GetBaseReport: 'get-configuration',
  GetReport: 'get-configuration',
  SetNetworkProfile: 'change-configuration',
  GetTransactionStatus: null,
  CostUpdated: 'data-transfer',
  GetChargingProfiles: 'get-composite-schedule',
  PublishFirmware: 'update-firmware',
  UnpublishFirmware: null,
  CustomerInformation: null,
  GetMonitoringReport: null,
  SetMonitoringBase: null,
  SetMonitoringLevel: null,
  SetVariableMonitoring: null,
  ClearVariableMonitoring: null,
  SetDisplayMessage: 'data-transfer',
  GetDisplayMessages: 'data-transfer',
  ClearDisplayMessage: 'data-transfer',
} as const satisfies { [K in CommandKind]?: string | null };

export type OnlyIn201 = keyof typeof NEAREST;

export function onlyIn201(kind: OnlyIn201): Translation {
  const nearest = NEAREST[kind];
  return {
    ok: false,
    kind: 'notSupported',
    reason: `OCPP 1.6 has no ${kind}${nearest === null ? ', and nothing near it' : `: the nearest is ${nearest}`}`,
  };
}
