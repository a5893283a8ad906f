import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@ocpp-gw/rig/settings';
import { OUTSIDE, pythonVenv } from './python-venv.ts';

const run = promisify(execFile);
const VENV = pythonVenv('python-client', 'requirements-client.txt');

/** Makes a Python client from the exported API description, by a generator of PyPI in a virtual environment of its own. */
export async function generatePythonClient(folder: string): Promise<void> {
  await VENV.install();
  const path = `${VENV.bin}:${process.env['PATH'] ?? ''}`;
  const options = ['--meta', 'none', '--overwrite', '--fail-on-warning'];
  await run(
    join(VENV.bin, 'openapi-python-client'),
    [
      'generate',
      '--path',
      join(ROOT, 'docs/api/openapi.json'),
      '--output-path',
      join(folder, 'gateway_client'),
      ...options,
    ],
    { env: { ...process.env, PATH: path } },
  );
}

/** Checks the types of what comes from the description; client.py is the generator's own. @returns what mypy says of them */
export async function checkPythonTypes(folder: string): Promise<string> {
  const options = ['--no-color-output', '--follow-imports=silent'];
  const packages = ['--package', 'gateway_client.api', '--package', 'gateway_client.models'];
  const { stdout } = await run(join(VENV.bin, 'mypy'), [...options, ...packages], { cwd: folder });
  return stdout;
}

export interface Step extends Record<string, unknown> {
  step: string;
}

/** Runs outside/client.py to its end. @returns what it printed */
export async function runPythonClient(
  folder: string,
  { baseUrl, token, cpId }: { baseUrl: string; token: string; cpId: string },
): Promise<Step[]> {
  const { stdout } = await run(join(VENV.bin, 'python'), [join(OUTSIDE, 'client.py'), folder, baseUrl, token, cpId]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Step);
}
