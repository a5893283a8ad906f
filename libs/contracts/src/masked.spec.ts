import { describe, expect, it } from '@jest/globals';
import { REDACTED, masked } from './masked.ts';

describe('masked', () => {
  it.each<[string, unknown, unknown]>([
    ['a 1.6 setting', { key: 'AuthorizationKey', value: 'x' }, { key: 'AuthorizationKey', value: REDACTED }],
    ['another 1.6 setting', { key: 'HeartbeatInterval', value: '60' }, { key: 'HeartbeatInterval', value: '60' }],
    [
      'a 2.0.1 variable',
      { variables: [{ variable: { name: 'BasicAuthPassword' }, attribute_value: 'x' }] },
      { variables: [{ variable: { name: 'BasicAuthPassword' }, attribute_value: REDACTED }] },
    ],
    [
      'the same in the payload of a CALL',
      { setVariableData: [{ variable: { name: 'basicauthpassword' }, attributeValue: 'x' }] },
      { setVariableData: [{ variable: { name: 'basicauthpassword' }, attributeValue: REDACTED }] },
    ],
    [
      'an access point and a VPN',
      { apn: { apn_password: 'x', sim_pin: 1234, apn: 'net' }, vpn: { user: 'u', password: 'x', key: 'x' } },
      {
        apn: { apn_password: REDACTED, sim_pin: REDACTED, apn: 'net' },
        vpn: { user: 'u', password: REDACTED, key: REDACTED },
      },
    ],
    [
      'credentials in a URL',
      { location: 'ftp://user:pass@host/file', other: 'mail a@b' },
      { location: `ftp://${REDACTED}@host/file`, other: 'mail a@b' },
    ],
    [
      'what is none',
      { id_token: '04E9', evse_id: 1, keys: ['a'], none: null },
      { id_token: '04E9', evse_id: 1, keys: ['a'], none: null },
    ],
  ])('%s', (_what, value, expected) => {
    expect(masked(value)).toEqual(expected);
  });
});
