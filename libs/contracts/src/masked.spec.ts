import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REDACTED, masked, maskedText } from './masked.ts';

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
      'a variable as a station reports it',
      [{ variable: { name: 'BasicAuthPassword' }, variableAttribute: [{ type: 'Actual', value: 'x' }] }],
      [{ variable: { name: 'BasicAuthPassword' }, variableAttribute: [{ type: 'Actual', value: REDACTED }] }],
    ],
    [
      'a variable in an event of a station',
      { actualValue: 'x', variable: { name: 'BasicAuthPassword' } },
      { actualValue: REDACTED, variable: { name: 'BasicAuthPassword' } },
    ],
    [
      'JSON in a text of a vendor',
      { vendorId: 'V', data: '{"wifi":{"password":"x"},"on":true}' },
      { vendorId: 'V', data: `{"wifi":{"password":"${REDACTED}"},"on":true}` },
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

describe('maskedText', () => {
  it.each<[string, string, string]>([
    ['nothing of a frame without a secret', '[2, "1","Heartbeat",{ }]', '[2, "1","Heartbeat",{ }]'],
    [
      'the secret alone, and keeps how the rest is written',
      '[2,"1" ,"ChangeConfiguration",{"key":"AuthorizationKey", "value":"se\\"cret"}]',
      `[2,"1" ,"ChangeConfiguration",{"key":"AuthorizationKey", "value":"${REDACTED}"}]`,
    ],
    ['a number', '{"simPin": 1234}', `{"simPin": "${REDACTED}"}`],
    [
      'the text anew, where the secret is equal to another value',
      '{"key":"AuthorizationKey","value":"AuthorizationKey", "readonly":false}',
      `{"key":"AuthorizationKey","value":"${REDACTED}","readonly":false}`,
    ],
    [
      'the text anew, where the secret is written with escapes',
      '{ "password":"\\u0041" }',
      `{"password":"${REDACTED}"}`,
    ],
    ['all of what is no JSON and names a secret', '[2,"1","X",{"password":"s', REDACTED],
    ['nothing of what is no JSON and names none', '[2,"1","Heartb', '[2,"1","Heartb'],
  ])('replaces %s', (_what, text, expected) => {
    expect(maskedText(text)).toBe(expected);
  });

  it('leaves no secret, and says the same as the value without its secrets', () => {
    const secret = fc.string().map((text) => `CANARY ${text}`);
    const named = fc.oneof(
      fc.record({ key: fc.constantFrom('AuthorizationKey', 'authorizationkey'), value: secret }),
      fc.record({ password: secret, user: fc.string() }),
      fc.record({ variable: fc.constant({ name: 'BasicAuthPassword' }), attributeValue: secret }),
      fc.record({ data: secret.map((password) => JSON.stringify({ password })) }),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(named, fc.jsonValue()), { minLength: 1 }), (value) => {
        const text = maskedText(JSON.stringify(value));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(masked(value))));
        expect(text).not.toContain('CANARY');
      }),
    );
  });
});
