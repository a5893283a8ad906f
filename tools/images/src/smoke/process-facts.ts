import { readFile } from 'node:fs/promises';

/** What the kernel says of a process in a container. */
export interface ProcessFacts {
  uids: readonly number[];
  gids: readonly number[];
  /** Effective capabilities, as a bit set. */
  capabilities: bigint;
  noNewPrivileges: boolean;
  rootReadOnly: boolean;
}

/** @param status of /proc/<pid>/status @param mountinfo of /proc/<pid>/mountinfo */
export function parseProcess(status: string, mountinfo: string): ProcessFacts {
  const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
  const numbers = (name: string): number[] => field(name).split(/\s+/).map(Number);
  // 36 35 98:0 /in-the-device /mount-point options …
  const root = mountinfo
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, , , , point]) => point === '/');
  return {
    uids: numbers('Uid'),
    gids: numbers('Gid'),
    capabilities: BigInt(`0x${field('CapEff') || 'ff'}`),
    noNewPrivileges: field('NoNewPrivs') === '1',
    rootReadOnly: root?.[5]?.split(',').includes('ro') ?? false,
  };
}

export async function readProcess(pid: number): Promise<ProcessFacts> {
  const [status = '', mountinfo = ''] = await Promise.all(
    ['status', 'mountinfo'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
  );
  return parseProcess(status, mountinfo);
}

/** Where the process may do more than it needs. */
export function processFaults(facts: ProcessFacts): string[] {
  return [
    ...(facts.uids.includes(0) ? ['runs as root'] : []),
    ...(facts.gids.includes(0) ? ['runs in the group root'] : []),
    ...(facts.capabilities === 0n ? [] : [`has the capabilities ${facts.capabilities.toString(16)}`]),
    ...(facts.noNewPrivileges ? [] : ['may gain privileges']),
    ...(facts.rootReadOnly ? [] : ['can write to its root file system']),
  ];
}
