const COLON = 0x3a;

/** The content of an Authorization header of scheme Basic. The password stays bytes, because it need not be text. */
export interface BasicCredentials {
  username: string;
  password: Buffer;
}

/**
 * Reads the header for this identity: colons of the identity belong to the username (RFC 7617 allows none there, but
 * OCPP makes the identity the username). Null when the header is absent, has another scheme, or holds no
 * `username:password`.
 */
export function parseBasic(header: string | undefined, identity: string): BasicCredentials | null {
  const match = /^Basic[ \t]+([A-Za-z0-9+/_-]+=*)[ \t]*$/i.exec(header ?? '');
  if (!match?.[1]) return null;
  const decoded = Buffer.from(match[1], 'base64');
  // Split before it is decoded as text, because the example of OCPP-J 1.6 itself has 20 raw bytes (notes 2.7).
  const first = decoded.indexOf(COLON);
  if (first < 1) return null;
  let colon = first;
  for (const char of identity) if (char === ':' && colon >= 0) colon = decoded.indexOf(COLON, colon + 1);
  // A username with fewer colons than the identity names another charge point.
  if (colon < 0) colon = first;
  return { username: decoded.subarray(0, colon).toString('utf8'), password: decoded.subarray(colon + 1) };
}

/**
 * The form in which a password is written that may mean a key of 16 to 20 bytes. When one form has matched a hash, no other
 * form needs to be tried against it again.
 */
export type PasswordForm = 'bytes' | 'upper' | 'lower' | 'mixed' | 'other';

export function formOf(reading: Buffer): PasswordForm {
  if (reading.length >= 16 && reading.length <= 20) return 'bytes';
  const text = reading.toString('latin1');
  if (!/^(?:[0-9a-f]{2}){16,20}$/i.test(text)) return 'other';
  if (text === text.toUpperCase()) return 'upper';
  return text === text.toLowerCase() ? 'lower' : 'mixed';
}
