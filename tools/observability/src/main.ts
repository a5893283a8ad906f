/**
 * Writes the rules of the objectives and the dashboards; with --check says whether they are current.
 *
 *   node --conditions=@ocpp-gw/source tools/observability/src/main.ts [--check]
 */
import { ROOT } from '@ocpp-gw/rig/settings';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writtenFiles } from './written-files.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

for (const [file, content] of Object.entries(await writtenFiles())) {
  const path = join(ROOT, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
  if (values.check) {
    console.error(`${file} is not what the code declares: run \`make observability\``);
    process.exitCode = 1;
  } else writeFileSync(path, content);
}
