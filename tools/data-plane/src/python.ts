/** Python packages from PyPI: installed once into the cache, shared by all who need the same ones. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { fillOnce } from './cache.ts';
import { findExecutable } from './executable.ts';

const exec = async (file: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)(file, args, { env: process.env })).stdout;

/**
 * A Python with the packages of a requirements.txt. Run their programs with `-m`: a virtual environment is moved once it is
 * complete, and scripts such as bin/pip hold the path at which it was made.
 */
export async function pythonWith(
  name: string,
  requirements: string,
  report: (message: string) => void,
): Promise<string> {
  const python = await findExecutable('python3');
  if (!python)
    throw new Error(
      `${name} needs python3, and there is none on PATH: apt-get install -y python3-venv (Debian, Ubuntu)`,
    );
  const wanted = createHash('sha256')
    .update(await exec(python, '--version'))
    .update(await readFile(requirements));
  const key = `python-${name}-${wanted.digest('hex').slice(0, 16)}`;
  const title = `the Python packages of ${name}`;
  const folder = await fillOnce({ key, title }, `installing ${title} from PyPI`, report, async (partial) => {
    await exec(python, '-m', 'venv', partial);
    await exec(join(partial, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--requirement', requirements);
  });
  return join(folder, 'bin/python');
}
