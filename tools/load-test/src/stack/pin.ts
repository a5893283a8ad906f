import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Lets this process, and what it starts from now on, use these CPUs alone. @param cpus such as `0` or `1-3` */
export async function pinSelf(cpus: string): Promise<void> {
  await run('taskset', ['--all-tasks', '--cpu-list', '--pid', cpus, String(process.pid)]);
}
