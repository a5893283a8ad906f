import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@ocpp-gw/rig/settings';

const run = promisify(execFile);

/** Where our Python scripts and the lists of what they need are. */
export const OUTSIDE = join(import.meta.dirname, '../outside');

/** A virtual environment that is kept between runs. */
export interface PythonVenv {
  /** Holds `python`, and the commands of the packages. */
  bin: string;
  /** Installs the packages of a file of outside/, unless they are there. */
  install(): Promise<void>;
}

export function pythonVenv(name: string, requirements: string): PythonVenv {
  const folder = join(ROOT, '.data-plane/cache', name);
  const bin = join(folder, 'bin');
  return {
    bin,
    async install() {
      if (!existsSync(join(bin, 'pip'))) await run('python3', ['-m', 'venv', folder]);
      await run(join(bin, 'pip'), ['install', '--quiet', '--requirement', join(OUTSIDE, requirements)]);
    },
  };
}
