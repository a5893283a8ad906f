/**
 * Writes docs/integration/event-catalogue.md from events.proto, the topics and their settings; with --check says whether it is current.
 *
 *   node --conditions=@ocpp-gw/source tools/dev/src/event-catalogue.ts [--check]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@ocpp-gw/rig/settings';
import { eventCatalogue } from './events/catalogue.ts';
import { readEventsProto } from './events/model.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const PAGE = 'docs/integration/event-catalogue.md';
const path = join(ROOT, PAGE);

const image = execFileSync('buf', ['build', ROOT, '--path', join(ROOT, 'proto/events'), '--output', '-']);
const page = eventCatalogue(readEventsProto(image));
if (!values.check) writeFileSync(path, page);
else if (!existsSync(path) || readFileSync(path, 'utf8') !== page) {
  console.error(`${PAGE} is not what events.proto and the topics say: run \`make event-catalogue\``);
  process.exitCode = 1;
}
