import type { Command, TypedKind } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { type commands, translate } from './table.ts';

const reasons: { readonly [K in Exclude<TypedKind, (typeof commands)[number]['kind']>]: string } = {
  GetVariables: 'OCPP 1.6 has no GetVariables: the nearest is get-configuration',
  SetVariables: 'OCPP 1.6 has no SetVariables: the nearest is change-configuration',
  GetBaseReport: 'OCPP 1.6 has no GetBaseReport: the nearest is get-configuration',
  GetReport: 'OCPP 1.6 has no GetReport: the nearest is get-configuration',
  SetNetworkProfile: 'OCPP 1.6 has no SetNetworkProfile: the nearest is change-configuration',
  GetTransactionStatus: 'OCPP 1.6 has no GetTransactionStatus, and nothing near it',
  CostUpdated: 'OCPP 1.6 has no CostUpdated: the nearest is data-transfer',
  GetChargingProfiles: 'OCPP 1.6 has no GetChargingProfiles: the nearest is get-composite-schedule',
  PublishFirmware: 'OCPP 1.6 has no PublishFirmware: the nearest is update-firmware',
  UnpublishFirmware: 'OCPP 1.6 has no UnpublishFirmware, and nothing near it',
  CustomerInformation: 'OCPP 1.6 has no CustomerInformation, and nothing near it',
  GetMonitoringReport: 'OCPP 1.6 has no GetMonitoringReport, and nothing near it',
  SetMonitoringBase: 'OCPP 1.6 has no SetMonitoringBase, and nothing near it',
  SetMonitoringLevel: 'OCPP 1.6 has no SetMonitoringLevel, and nothing near it',
  SetVariableMonitoring: 'OCPP 1.6 has no SetVariableMonitoring, and nothing near it',
  ClearVariableMonitoring: 'OCPP 1.6 has no ClearVariableMonitoring, and nothing near it',
  SetDisplayMessage: 'OCPP 1.6 has no SetDisplayMessage: the nearest is data-transfer',
  GetDisplayMessages: 'OCPP 1.6 has no GetDisplayMessages: the nearest is data-transfer',
  ClearDisplayMessage: 'OCPP 1.6 has no ClearDisplayMessage: the nearest is data-transfer',
};

describe('a command that only 2.0.1 has', () => {
  it.each(Object.entries(reasons))('%s is not supported, and the reason names the nearest', (kind, reason) => {
    // Only the kind matters here.
    expect(translate({ kind } as Command)).toEqual({ ok: false, kind: 'notSupported', reason });
  });
});
