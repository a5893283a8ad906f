import type { Version } from './misbehaviour/misbehaviour.ts';

/**
 * A password as it goes into the Authorization header. A 1.6 AuthorizationKey of 16 to 20 bytes is written as hex digits and sent
 * as the bytes (OCPP-J 1.6 6.2.1); 2.0.1 has UTF-8 text as it is (OCPP-J 2.0.1, security profile 1).
 */
export function secretOf(password: string, version: Version): string | Buffer {
  return version === '1.6' && /^([0-9a-f]{2}){16,20}$/i.test(password) ? Buffer.from(password, 'hex') : password;
}
