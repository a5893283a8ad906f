/** Hex digits of 16 to 20 bytes: what the charge point will decode (notes 2.7). */
const HEX = /^(?:[0-9a-f]{2}){16,20}$/i;
const PRINTABLE = /^[\x20-\x7e]{16,20}$/;

/** The key that holds the Basic password (security whitepaper, A01). Write-only; keys compare case-insensitively. */
export function isAuthorizationKey(key: string): boolean {
  return key.toLowerCase() === 'authorizationkey';
}

/** 32 to 40 characters are hex digits, 16 to 20 are text (TC_073, TC_085). */
export function isPassword(value: string): boolean {
  return HEX.test(value) || PRINTABLE.test(value);
}

/** The bytes the charge point will send as its password, hex. */
export function passwordHex(value: string): string {
  return HEX.test(value) ? value.toLowerCase() : Buffer.from(value, 'utf8').toString('hex');
}
