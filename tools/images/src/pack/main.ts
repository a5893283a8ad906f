import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { COMMANDS } from '../apps.ts';
import { pack, type PackOptions } from './pack.ts';

// Runs while an image is built, where nothing but node, npm and the packages of the apps is installed.
const { values } = parseArgs({
  options: { app: { type: 'string' }, out: { type: 'string' }, 'node-license': { type: 'string' } },
});
const { app, out, 'node-license': nodeLicense } = values;
if (!app || !Object.hasOwn(COMMANDS, app) || !out || !nodeLicense) {
  process.stderr.write(`usage: pack --app ${Object.keys(COMMANDS).join('|')} --out FOLDER --node-license FILE\n`);
  process.exit(2);
}
const root = resolve(import.meta.dirname, '../../../..');
const packages = pack({ root, app: app as PackOptions['app'], out: resolve(out), nodeLicense });
process.stdout.write(`${app}: ${packages.length} packages\n`);
