import { ROOT } from '@ocpp-gw/rig/settings';
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CLIENT = join(ROOT, 'libs/client');
const DEPENDENCIES = ['openapi-fetch', 'openapi-typescript-helpers', 'standardwebhooks', '@types/node', 'undici-types'];

/**
 * Packs @ocpp-gw/client, unpacks it into a project in this folder, and compiles what its README shows, strictly.
 * @returns what the compiler complains of
 */
export async function compilePackedClient(folder: string): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: CLIENT, env });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  const target = join(folder, 'node_modules/@ocpp-gw/client');
  await mkdir(target, { recursive: true });
  await mkdir(join(folder, 'node_modules/@types'));
  await run('tar', ['xzf', join(folder, filename), '--strip-components=1', '-C', target]);
  for (const name of DEPENDENCIES) await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  const readme = await readFile(join(target, 'README.md'), 'utf8');
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'example.ts'), example);
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
  const compiled = run(process.execPath, [compiler, ...options, 'example.ts'], { cwd: folder, env });
  return compiled.then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
}
