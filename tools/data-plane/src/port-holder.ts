/** Who listens on a TCP port, from /proc/net/tcp and the sockets in /proc/<pid>/fd. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';

import { listPids, readCommandLine } from './process-table.ts';

const LISTEN = '0A';

export interface ListeningSocket {
  readonly inode: string;
  readonly uid: number;
}

/** Columns of /proc/net/tcp: slot, local address:port in hex, remote, state, queues, timer, retransmits, uid, timeout, inode. */
export function parseListening(table: string, port: number): ListeningSocket[] {
  return table.split('\n').flatMap((line): ListeningSocket[] => {
    const fields = line.trim().split(/\s+/);
    const [, local, , state] = fields;
    const inode = fields[9];
    if (state !== LISTEN || !local || !inode) return [];
    const hexPort = local.slice(local.lastIndexOf(':') + 1);
    return Number.parseInt(hexPort, 16) === port ? [{ inode, uid: Number(fields[7]) }] : [];
  });
}

export async function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** `pid 123 (redis-server *:6379)`, or as much as this user is allowed to know. */
export async function describePortHolder(port: number): Promise<string> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const sockets = tables.flatMap((table) => parseListening(table, port));
  const [first] = sockets;
  if (!first) return 'a process that /proc does not show (another container or network namespace)';
  const pid = await findSocketOwner(new Set(sockets.map(({ inode }) => `socket:[${inode}]`)));
  if (pid !== undefined) return `pid ${pid} (${await readCommandLine(pid)})`;
  const mine = first.uid === userInfo().uid ? 'this user, in another container' : `the user with uid ${first.uid}`;
  return `a process of ${mine}; as root, \`ss -ltnp sport = :${port}\` names it`;
}

async function findSocketOwner(links: ReadonlySet<string>): Promise<number | undefined> {
  for (const pid of await listPids()) {
    const folder = `/proc/${pid}/fd`;
    const descriptors = await readdir(folder).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`${folder}/${descriptor}`).catch(() => '');
      if (links.has(target)) return pid;
    }
  }
  return undefined;
}
