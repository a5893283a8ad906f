/**
 * Writes gateway.proto and its lock from the declarations of the commands; with --check says whether they are current.
 *
 *   node --conditions=@ocpp-gw/source tools/codegen/src/gateway-proto.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ALL_COMMANDS } from '@ocpp-gw/contracts';
import { gatewayProto } from './grpc/gateway-proto.ts';
import type { Lock } from './grpc/lock.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const folder = join(import.meta.dirname, '../../../proto/ocpp_gw/v1');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const { proto, lock } = gatewayProto({
  declarations: ALL_COMMANDS,
  template: read('gateway.proto.template'),
  lock: JSON.parse(read('gateway.lock.json')) as Lock,
});
const files = { 'gateway.proto': proto, 'gateway.lock.json': `${JSON.stringify(lock, null, 2)}\n` };

for (const [name, text] of Object.entries(files)) {
  if (!values.check) writeFileSync(join(folder, name), text);
  else if (read(name) !== text) {
    console.error(`proto/ocpp_gw/v1/${name} is not what the commands declare: run \`make grpc-proto\``);
    process.exitCode = 1;
  }
}
