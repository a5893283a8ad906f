import type { PayloadFault } from '@ocpp-gw/contracts';
import { demand, type PasswordEffect } from '@ocpp-gw/ocpp-j';
import { isAuthorizationKey, isPassword, passwordHex } from './authorization-key.ts';
import { outbound } from './outbound.ts';

const PASSWORD_RULE = 'must be 32 to 40 hex digits, an even number of them, or 16 to 20 printable characters';
const SECURITY_PROFILE = /^[0-3]$/;

/** ChangeConfiguration (OCPP 1.6 section 5.3). */
export const changeConfiguration = outbound('ChangeConfiguration', 'ChangeConfiguration', {
  toCall: ({ key, value }, checked) => checked({ key, value }, valueFaults(key, value)),
  mirror: {
    before: ({ key, value }) => (isAuthorizationKey(key) ? [password('offered', value)] : []),
    answered({ key, value }, { status }) {
      const secret = isAuthorizationKey(key);
      if (status === 'Rejected' || status === 'NotSupported') return secret ? [password('refused', value)] : [];
      const rebootRequired = status === 'RebootRequired';
      if (secret) {
        const changed = { kind: 'configurationChanged', key, rebootRequired } as const;
        // Until the station has rebooted it may connect with the old profile, so both stay valid.
        return rebootRequired ? [changed] : [changed, password('accepted', value)];
      }
      const changed = { kind: 'configurationChanged', key, value, rebootRequired } as const;
      return isSecurityProfile(key) && SECURITY_PROFILE.test(value)
        ? [changed, { kind: 'securityProfile', step: 'accepted', profile: Number(value) }]
        : [changed];
    },
  },
});

/** A wrong value of these two keys locks the charge point out. */
function valueFaults(key: string, value: string): readonly PayloadFault[] {
  if (isAuthorizationKey(key)) return demand(isPassword(value), '/value', PASSWORD_RULE);
  if (isSecurityProfile(key)) return demand(SECURITY_PROFILE.test(value), '/value', 'must be 0, 1, 2 or 3');
  return [];
}

/** Security whitepaper, A05. */
function isSecurityProfile(key: string): boolean {
  return key.toLowerCase() === 'securityprofile';
}

function password(step: PasswordEffect['step'], value: string): PasswordEffect {
  return { kind: 'password', step, passwordHex: passwordHex(value) };
}
