import { readFile } from 'node:fs/promises';

/** A user that a process can run as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The unprivileged users worth trying, best first: Debian's own for Postgres, then the one that every Linux has. */
const CANDIDATES = ['postgres', 'nobody'];

export function pickAccount(passwd: string): Account | undefined {
  const accounts = passwd.split('\n').flatMap((line): Account[] => {
    const [name, , uid, gid] = line.split(':');
    if (!name || !uid || !gid) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
  for (const candidate of CANDIDATES) {
    const account = accounts.find(({ name, uid }) => name === candidate && uid > 0);
    if (account) return account;
  }
  return undefined;
}

export function runningAsRoot(): boolean {
  return process.geteuid?.() === 0;
}

/**
 * The user for engines that refuse to run as root. Nothing is added to the system: an existing user is taken.
 * Undefined when this process is not root: then the engine runs as whoever started it.
 */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  if (!runningAsRoot()) return undefined;
  const account = pickAccount(await readFile('/etc/passwd', 'utf8'));
  if (!account) {
    throw new Error(
      `Postgres refuses to run as root, and /etc/passwd has none of the users ${CANDIDATES.join(', ')} to run it as. ` +
        'Run as a normal user, or add one: useradd --system --no-create-home postgres',
    );
  }
  return account;
}
