import type { CommandAnswers, GetVariables } from '@ocpp-gw/contracts';
import type { Translation, VariableFact } from '@ocpp-gw/ocpp-j';
import type { GetVariablesResponse } from '#generated/messages.d.ts';
import { isBasicAuthPassword } from './basic-auth-password.ts';
import { checked } from './checked.ts';
import { readComponent, readVariable } from './component.ts';
import type { MirrorOf } from './mirror.ts';

/** GetVariables (OCPP 2.0.1 B06). */
export function getVariables({ variables }: GetVariables): Translation {
  return checked('GetVariables', { getVariableData: [...variables] });
}

export const getVariablesMirror = {
  answered(_request, answer) {
    const told = answer.getVariableResult
      .filter(({ attributeStatus }) => attributeStatus === 'Accepted')
      .map((result): VariableFact => ({
        component: readComponent(result.component),
        variable: readVariable(result.variable),
        attributeType: result.attributeType ?? 'Actual',
        value: readableValue(result),
      }));
    return told.length > 0 ? [{ kind: 'variablesTold', variables: told }] : [];
  },
} satisfies MirrorOf<'GetVariables'>;

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

/** Some firmware tells its password, which is write-only: it goes no further. */
export function readableValue(result: GetVariablesResponse['getVariableResult'][number]): string | undefined {
  return isBasicAuthPassword(result) ? undefined : result.attributeValue;
}
