import type { ConfigurationKey } from '@ocpp-gw/contracts';
import type { GetConfigurationResponse } from '#generated/messages.d.ts';
import { isAuthorizationKey } from './authorization-key.ts';
import { outbound } from './outbound.ts';

/** GetConfiguration (OCPP 1.6 section 5.8): no list of keys asks for all. */
export const getConfiguration = outbound('GetConfiguration', 'GetConfiguration', {
  toCall: ({ keys = [] }, checked) => checked({ key: keys.length > 0 ? [...keys] : undefined }),
  mirror: {
    answered: ({ key = [] }, answer) => [
      {
        kind: 'configurationSeen',
        keys: readableKeys(answer),
        unknownKeys: answer.unknownKey ?? [],
        // An answer without any list reports no key, and does not mean that there is none.
        complete: key.length === 0 && answer.configurationKey !== undefined,
      },
    ],
  },
  readAnswer: (answer) => ({ configuration: readableKeys(answer), unknownKeys: answer.unknownKey ?? [] }),
});

/** Some firmware reports its password although it is write-only. The gateway does not keep it. */
export function readableKeys({ configurationKey = [] }: GetConfigurationResponse): readonly ConfigurationKey[] {
  return configurationKey.map(({ key, readonly, value }) =>
    isAuthorizationKey(key) ? { key, readonly } : { key, readonly, value },
  );
}
