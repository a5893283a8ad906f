import {
  type ActionHandler,
  type VariableFact,
  type VariablesReportedEffect,
  clockIsAbsurd,
  readChargerTime,
  rulesMet,
} from '@ocpp-gw/ocpp-j';
import type { NotifyReportRequest, NotifyReportResponse, ReportDataType } from '#generated/messages.d.ts';
import { isBasicAuthPassword } from '../commands/basic-auth-password.ts';
import { readComponent, readVariable } from '../commands/component.ts';
import { reportPart } from './report-part.ts';

/**
 * NotifyReport, charging station to CSMS (OCPP 2.0.1 B07, B08).
 * One part of the device model, as GetBaseReport or GetReport asked for. Secrets that a station shows are not kept.
 */
export const notifyReport: ActionHandler<NotifyReportRequest, NotifyReportResponse, never> = {
  lookups: () => ({}),
  decide(request, { now }) {
    const items = (request.reportData ?? []).map(withoutSecrets);
    const reported: VariablesReportedEffect = { kind: 'variablesReported', variables: items.flatMap(factsOf) };
    return {
      reply: {},
      before: [
        ...(reported.variables.length > 0 ? [reported] : []),
        reportPart('DeviceModel', request, items, readChargerTime(request.generatedAt, now)),
      ],
      noted: rulesMet({ 'clock-absurd': clockIsAbsurd(request.generatedAt, now) }),
    };
  },
};

function withoutSecrets(item: ReportDataType): ReportDataType {
  const secret = isBasicAuthPassword(item);
  return {
    ...item,
    variableAttribute: item.variableAttribute.map(({ value, ...attribute }) =>
      value === undefined || secret || attribute.mutability === 'WriteOnly' ? attribute : { ...attribute, value },
    ),
  };
}

/** Makes one fact of each attribute. */
function factsOf({ component, variable, variableAttribute, variableCharacteristics }: ReportDataType): VariableFact[] {
  return variableAttribute.map(({ type = 'Actual', value, mutability, persistent, constant }) => ({
    component: readComponent(component),
    variable: readVariable(variable),
    attributeType: type,
    value,
    mutability,
    persistent,
    constant,
    characteristics: variableCharacteristics && { ...variableCharacteristics },
  }));
}
