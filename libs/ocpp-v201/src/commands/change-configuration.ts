import type { SetVariablesResponse } from '#generated/messages.d.ts';
import { attributeOf, UNKNOWN_KEY } from './configuration-keys.ts';
import { outboundBy } from './outbound.ts';
import { setVariables } from './set-variables.ts';

const NO_SUCH_KEY: ReadonlySet<string> = new Set(['UnknownComponent', 'UnknownVariable', 'NotSupportedAttributeType']);

/** ChangeConfiguration as SetVariables (OCPP 2.0.1 B05) of the variable that the key became. */
export const changeConfiguration = outboundBy(setVariables, 'ChangeConfiguration', {
  toCall({ key, value }) {
    const attribute = attributeOf(key);
    if (!attribute)
      return {
        ok: false,
        kind: 'invalidPayload',
        action: 'SetVariables',
        errors: [{ path: '/setVariableData/0/variable', message: UNKNOWN_KEY }],
      };
    return setVariables.toCall({ kind: 'SetVariables', variables: [{ ...attribute, attributeValue: value }] });
  },

  status: changeStatus,
});

/** The only result, as 1.6 would answer for a key. */
export function changeStatus({ setVariableResult: [result] }: SetVariablesResponse): string | undefined {
  const status = result?.attributeStatus;
  return status !== undefined && NO_SUCH_KEY.has(status) ? 'NotSupported' : status;
}
