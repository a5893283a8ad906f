/**
 * Makes `<lib>/generated/` of a protocol library from its `<lib>/schemas/`: message types, validators compiled ahead of
 * time, and the schemas as data. And `<lib>/src/generated/commands.ts`, the list of what is in `<lib>/src/commands/`.
 *
 *   node --conditions=@ocpp-gw/source tools/codegen/src/ocpp-schemas.ts --lib libs/ocpp-v16
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCatalogue } from './catalogue.ts';
import { writeCommandList } from './command-list.ts';
import { writeMessageTypes, writeThoroughValidatorTypes, writeValidatorTypes } from './messages.ts';
import { writeShapes, writeShapeTypes } from './shapes.ts';
import { writeValidators } from './validators.ts';

const { values } = parseArgs({ options: { lib: { type: 'string' } } });
if (!values.lib) throw new Error('say which library: --lib libs/ocpp-v16');
const lib = resolve(values.lib);
const { name } = JSON.parse(readFileSync(join(lib, 'package.json'), 'utf8')) as { name: string };

const catalogue = readCatalogue(name, join(lib, 'schemas'));
const files = {
  'messages.d.ts': await writeMessageTypes(catalogue),
  'validators.js': await writeValidators(catalogue, 'fast'),
  'validators.d.ts': writeValidatorTypes(),
  'shapes.js': writeShapes(catalogue),
  'shapes.d.ts': writeShapeTypes(),
  'thorough-validators.js': await writeValidators(catalogue, 'thorough'),
  'thorough-validators.d.ts': writeThoroughValidatorTypes(),
};

const header = (source: string): string =>
  `// Generated from ${source} by tools/codegen/src/ocpp-schemas.ts: do not edit.\n`;
const write = (folder: string, texts: Record<string, string>): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
};
write(
  join(lib, 'generated'),
  Object.fromEntries(Object.entries(files).map(([file, text]) => [file, header('schemas/') + text])),
);
write(join(lib, 'src/generated'), {
  'commands.ts': header('src/commands/') + writeCommandList(join(lib, 'src/commands')),
});
