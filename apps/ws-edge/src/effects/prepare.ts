import { hash } from 'bcrypt';
import { certificateHash } from '../certificates/certificate-hash.ts';
import { isKind, type Entry } from './entry.ts';

const BCRYPT_COST = 10;

/**
 * Does slow computations before the Postgres transaction is opened, so that statements in it wait only for each other.
 */
export async function prepare(entry: Entry): Promise<Entry> {
  if (isKind('password', entry) && entry.effect.step === 'offered')
    return { ...entry, passwordHash: await hash(Buffer.from(entry.effect.passwordHex, 'hex'), BCRYPT_COST) };
  if (isKind('certificateInstalled', entry))
    return { ...entry, certificateHash: await certificateHash(entry.effect.certificate) };
  return entry;
}
