import type { CommandAnswers, PayloadFault } from '@ocpp-gw/contracts';
import { demand, type Effect, type PasswordEffect, statusOfParts, type VariableFact } from '@ocpp-gw/ocpp-j';
import type { SetVariablesRequest, SetVariablesResponse } from '#generated/messages.d.ts';
import { isBasicAuthPassword, isPassword, passwordHex } from './basic-auth-password.ts';
import { attributeKey, readComponent, readVariable } from './component.ts';
import { outbound } from './outbound.ts';

type Wanted = SetVariablesRequest['setVariableData'][number];
type Result = SetVariablesResponse['setVariableResult'][number];

/** SetVariables (OCPP 2.0.1 B05, and A01 for the password). */
export const setVariables = outbound('SetVariables', 'SetVariables', {
  toCall({ variables }, checked) {
    const keys = variables.map(attributeKey);
    return checked(
      { setVariableData: [...variables] },
      variables.flatMap((wanted, index): readonly PayloadFault[] => [
        // B05.FR.13.
        ...demand(
          keys.indexOf(attributeKey(wanted)) === index,
          `/setVariableData/${index}`,
          'must not name an attribute that is set already in this message',
        ),
        // A wrong password locks the station out.
        ...demand(
          !isBasicAuthPassword(wanted) || isPassword(wanted.attributeValue),
          `/setVariableData/${index}/attributeValue`,
          'must be 16 to 40 printable characters',
        ),
      ]),
    );
  },
  mirror: {
    before: ({ setVariableData }) => setVariableData.filter(isSecret).map((wanted) => password('offered', wanted)),
    answered({ setVariableData }, { setVariableResult }) {
      // A station may answer in another order.
      const results = new Map(setVariableResult.map((result) => [attributeKey(result), result]));
      const answered = setVariableData.flatMap((wanted) => {
        const result = results.get(attributeKey(wanted));
        return result ? [{ wanted, status: result.attributeStatus }] : [];
      });
      const taken = answered.filter(({ status }) => isTaken(status)).map(({ wanted, status }) => fact(wanted, status));
      const passwords = answered
        .filter(({ wanted }) => isSecret(wanted))
        .flatMap(({ wanted, status }) => settled(wanted, status));
      return [
        ...(taken.length > 0 ? [{ kind: 'variablesReported', variables: taken } satisfies Effect] : []),
        ...passwords,
      ];
    },
  },
  status: ({ setVariableResult }, command) =>
    statusOfParts({
      statuses: setVariableResult.map(({ attributeStatus }) => attributeStatus),
      asked: command?.variables.length,
    }),
  readAnswer: readSet,
});

function isTaken(status: Result['attributeStatus']): boolean {
  return status === 'Accepted' || status === 'RebootRequired';
}

function isSecret({ component, variable, attributeType = 'Actual' }: Wanted): boolean {
  return attributeType === 'Actual' && isBasicAuthPassword({ component, variable });
}

function fact(wanted: Wanted, status: Result['attributeStatus']): VariableFact {
  return {
    component: readComponent(wanted.component),
    variable: readVariable(wanted.variable),
    attributeType: wanted.attributeType ?? 'Actual',
    value: isBasicAuthPassword(wanted) ? undefined : wanted.attributeValue,
    rebootRequired: status === 'RebootRequired',
  };
}

/** Until the station has rebooted it may connect with the old value, so both stay valid. */
function settled(wanted: Wanted, status: Result['attributeStatus']): PasswordEffect[] {
  return status === 'RebootRequired' ? [] : [password(status === 'Accepted' ? 'accepted' : 'refused', wanted)];
}

function password(step: PasswordEffect['step'], { attributeValue }: Wanted): PasswordEffect {
  return { kind: 'password', step, passwordHex: passwordHex(attributeValue) };
}

export function readSet({ setVariableResult }: SetVariablesResponse): CommandAnswers['SetVariables'] {
  return {
    variables: setVariableResult.map(({ component, variable, attributeType, attributeStatus }) => ({
      component: readComponent(component),
      variable: readVariable(variable),
      attributeType,
      status: attributeStatus,
    })),
  };
}
