/**
 * Compares the .proto files with what was published, and publishes what is new in them; with --check only says what is not
 * published. A change that a client would notice is refused.
 *
 *   node tools/codegen/src/publish-protos.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PUBLISHED_IMAGE, breakingChanges, imageOf } from './proto-compatibility.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const root = join(import.meta.dirname, '../../..');
const image = join(root, PUBLISHED_IMAGE);

const faults = breakingChanges(root, image);
if (faults !== '') {
  console.error(`a client would notice these changes:\n${faults}`);
  process.exitCode = 1;
} else {
  const current = imageOf(root);
  if (!values.check) writeFileSync(image, current);
  else if (!current.equals(readFileSync(image))) {
    console.error(`${PUBLISHED_IMAGE} lacks what is new in the .proto files: run \`make proto-publish\``);
    process.exitCode = 1;
  }
}
