/**
 * Writes docs/data/tables.md from the files of the ClickHouse schema; with --check says whether it is current.
 *
 *   node --conditions=@ocpp-gw/source tools/dev/src/schema-docs.ts [--check]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSchemaPage } from '@ocpp-gw/clickhouse';
import { ROOT } from '@ocpp-gw/rig/settings';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const PAGE = 'docs/data/tables.md';
const path = join(ROOT, PAGE);

const page = await readSchemaPage();
if (!values.check) writeFileSync(path, page);
else if (!existsSync(path) || readFileSync(path, 'utf8') !== page) {
  console.error(`${PAGE} is not what the files of the schema say: run \`make schema-docs\``);
  process.exitCode = 1;
}
