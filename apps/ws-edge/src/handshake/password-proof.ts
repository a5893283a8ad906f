import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PasswordForm } from './basic-credentials.ts';

const VERSION = '1';

/** The result of a verified password. */
export interface Proven {
  /** The stored hash that the password matched. */
  hash: string;
  /** The form of the password that matched it. */
  form: PasswordForm;
}

/**
 * A cheap proof that a password was verified against a stored bcrypt hash, kept where other pods and later processes
 * find it. Its key is made from that hash, and from the secret if one is set. The hash stays in Postgres, so the proof
 * alone allows neither testing a guess nor making a proof for another password (ADR 0026).
 */
export function proofOf(password: Buffer, { hash, form }: Proven, secret: string): string {
  return `${VERSION}.${form}.${macOf(password, hash, form, secret).toString('base64url')}`;
}

/** The hash for which the proof shows that this password is right; null when there is none. */
export function provenBy(proof: string, password: Buffer, hashes: readonly string[], secret: string): Proven | null {
  const [version, form, mac] = proof.split('.');
  if (version !== VERSION || form === undefined || mac === undefined) return null;
  const given = Buffer.from(mac, 'base64url');
  for (const hash of hashes) {
    const wanted = macOf(password, hash, form, secret);
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) return { hash, form: form as PasswordForm };
  }
  return null;
}

function macOf(password: Buffer, hash: string, form: string, secret: string): Buffer {
  const key = createHmac('sha256', secret).update('password proof\0').update(hash).digest();
  return createHmac('sha256', key).update(form).update('\0').update(password).digest();
}
