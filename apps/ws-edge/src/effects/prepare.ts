import { PASSWORD_COST } from '@ocpp-gw/persistence';
import { hash } from 'bcrypt';
import { certificateHash } from '../certificates/certificate-hash.ts';
import { isKind, type Entry } from '@ocpp-gw/persistence/facts';

/**
 * Does slow computations before the Postgres transaction is opened, so that statements in it wait only for each other.
 */
export async function prepare(entry: Entry): Promise<Entry> {
  if (isKind('password', entry) && entry.effect.step === 'offered')
    return { ...entry, passwordHash: await hash(Buffer.from(entry.effect.passwordHex, 'hex'), PASSWORD_COST) };
  if (isKind('certificateInstalled', entry))
    return { ...entry, certificateHash: await certificateHash(entry.effect.certificate) };
  return entry;
}
