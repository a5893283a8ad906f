import type { ConfigurationKey, GetConfiguration } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { GetConfigurationResponse } from '#generated/messages.d.ts';
import { isAuthorizationKey } from './authorization-key.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** GetConfiguration (OCPP 1.6 section 5.8): no list of keys asks for all. */
export function getConfiguration({ keys = [] }: GetConfiguration): Translation {
  return checked('GetConfiguration', { key: keys.length > 0 ? [...keys] : undefined });
}

export const getConfigurationMirror = {
  answered: ({ key = [] }, answer) => [
    {
      kind: 'configurationSeen',
      keys: readableKeys(answer),
      unknownKeys: answer.unknownKey ?? [],
      // An answer without any list tells of no key, and does not say that there is none.
      complete: key.length === 0 && answer.configurationKey !== undefined,
    },
  ],
} satisfies MirrorOf<'GetConfiguration'>;

/** Some firmware tells its password, which is write-only: it goes no further. */
export function readableKeys({ configurationKey = [] }: GetConfigurationResponse): readonly ConfigurationKey[] {
  return configurationKey.map(({ key, readonly, value }) =>
    isAuthorizationKey(key) ? { key, readonly } : { key, readonly, value },
  );
}
