import type { CommandAnswers, CommandOf } from '@ocpp-gw/contracts';
import { MAX_FAULTS } from '@ocpp-gw/ocpp-j';
import type { GetVariablesResponse } from '#generated/messages.d.ts';
import { attributeKey } from './component.ts';
import { attributeOf, isReadOnly, UNKNOWN_KEY } from './configuration-keys.ts';
import { getVariables, readableValue } from './get-variables.ts';
import { outboundBy } from './outbound.ts';

/** GetConfiguration as GetVariables (OCPP 2.0.1 B06) of the variables that the keys became. */
export const getConfiguration = outboundBy(getVariables, 'GetConfiguration', {
  toCall({ keys = [] }) {
    if (keys.length === 0)
      return {
        ok: false,
        kind: 'notSupported',
        reason: 'OCPP 2.0.1 has no GetConfiguration of all keys: the nearest is get-base-report (GetBaseReport)',
      };
    const attributes = keys.flatMap((key) => attributeOf(key) ?? []);
    if (attributes.length < keys.length)
      return {
        ok: false,
        kind: 'invalidPayload',
        action: 'GetVariables',
        errors: keys
          .flatMap((key, index) =>
            attributeOf(key) ? [] : [{ path: `/getVariableData/${index}/variable`, message: UNKNOWN_KEY }],
          )
          .slice(0, MAX_FAULTS),
      };
    return getVariables.toCall({ kind: 'GetVariables', variables: attributes });
  },

  readAnswer: (answer, command) => readConfiguration(command, answer),
});

/** The answer under the keys that were asked for. */
export function readConfiguration(
  { keys = [] }: CommandOf<'GetConfiguration'>,
  { getVariableResult }: GetVariablesResponse,
): CommandAnswers['GetConfiguration'] {
  // A station may answer in another order.
  const results = new Map(getVariableResult.map((result) => [attributeKey(result), result]));
  const asked = keys.map((key) => {
    const attribute = attributeOf(key);
    const result = attribute && results.get(attributeKey(attribute));
    return { key, readonly: attribute !== undefined && isReadOnly(attribute), result };
  });
  return {
    configuration: asked.flatMap(({ key, readonly, result }) =>
      result && isThere(result) ? [{ key, readonly, value: readableValue(result) }] : [],
    ),
    unknownKeys: asked.filter(({ result }) => !result || !isThere(result)).map(({ key }) => key),
  };
}

/** Rejected: the variable exists and is write-only (B06). */
function isThere({ attributeStatus }: GetVariablesResponse['getVariableResult'][number]): boolean {
  return attributeStatus === 'Accepted' || attributeStatus === 'Rejected';
}
