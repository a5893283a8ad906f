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
        // An answer without any list tells of no key, and does not say that there is none.
        complete: key.length === 0 && answer.configurationKey !== undefined,
      },
    ],
  },
  readAnswer: (answer) => ({ configuration: readableKeys(answer), unknownKeys: answer.unknownKey ?? [] }),
});

/** Some firmware tells its password, which is write-only: it goes no further. */
export function readableKeys({ configurationKey = [] }: GetConfigurationResponse): readonly ConfigurationKey[] {
  return configurationKey.map(({ key, readonly, value }) =>
    isAuthorizationKey(key) ? { key, readonly } : { key, readonly, value },
  );
}
