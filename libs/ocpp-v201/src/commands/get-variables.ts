import type { CommandAnswers } from '@ocpp-gw/contracts';
import { statusOfParts, type VariableFact } from '@ocpp-gw/ocpp-j';
import type { GetVariablesResponse } from '#generated/messages.d.ts';
import { isBasicAuthPassword } from './basic-auth-password.ts';
import { readComponent, readVariable } from './component.ts';
import { outbound } from './outbound.ts';

/** GetVariables (OCPP 2.0.1 B06). */
export const getVariables = outbound('GetVariables', 'GetVariables', {
  toCall: ({ variables }, checked) => checked({ getVariableData: [...variables] }),
  mirror: {
    answered(_request, answer) {
      const reported = answer.getVariableResult
        .filter(({ attributeStatus }) => attributeStatus === 'Accepted')
        .map((result): VariableFact => ({
          component: readComponent(result.component),
          variable: readVariable(result.variable),
          attributeType: result.attributeType ?? 'Actual',
          value: readableValue(result),
        }));
      return reported.length > 0 ? [{ kind: 'variablesReported', variables: reported }] : [];
    },
  },
  status: ({ getVariableResult }, command) =>
    statusOfParts({
      statuses: getVariableResult.map(({ attributeStatus }) => attributeStatus),
      asked: command?.variables.length,
    }),
  readAnswer: readVariables,
});

export function readVariables({ getVariableResult }: GetVariablesResponse): CommandAnswers['GetVariables'] {
  return {
    variables: getVariableResult.map((result) => ({
      component: readComponent(result.component),
      variable: readVariable(result.variable),
      attributeType: result.attributeType,
      status: result.attributeStatus,
      attributeValue: readableValue(result),
    })),
  };
}

/** Some firmware reports its password although it is write-only. The gateway does not keep it. */
export function readableValue(result: GetVariablesResponse['getVariableResult'][number]): string | undefined {
  return isBasicAuthPassword(result) ? undefined : result.attributeValue;
}
