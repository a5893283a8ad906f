import { verify, type KeyObject } from 'node:crypto';

/** Hash by algorithm identifier; null when the key defines it (Ed25519, Ed448). SHA-1 and MD5 are not accepted. */
const HASHES: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.11': 'SHA256',
  '1.2.840.113549.1.1.12': 'SHA384',
  '1.2.840.113549.1.1.13': 'SHA512',
  '1.2.840.10045.4.3.2': 'SHA256',
  '1.2.840.10045.4.3.3': 'SHA384',
  '1.2.840.10045.4.3.4': 'SHA512',
  '1.3.101.112': null,
  '1.3.101.113': null,
};

/** Whether the key made the signature. Returns false for an algorithm that is unknown, broken or not of this key. */
export function isSignedBy(key: KeyObject, algorithm: string, signed: Buffer, signature: Buffer): boolean {
  const hash = HASHES[algorithm];
  if (hash === undefined) return false;
  try {
    return verify(hash, signed, key, signature);
  } catch {
    return false;
  }
}
