/**
 * Writes gateway.proto, its lock and the table of docs/integration/grpc.md from the commands and the REST routes; with --check says
 * whether they are current. It reads the routes from the built command-api.
 *
 *   node tools/codegen/src/gateway-proto.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ALL_COMMANDS } from '@ocpp-gw/contracts';
import { gatewayProto } from './grpc/gateway-proto.ts';
import type { Lock } from './grpc/lock.ts';
import type { RpcDeclaration } from './grpc/model.ts';

interface Built {
  PROTO_RPCS: readonly RpcDeclaration[];
  withParityTable: (page: string) => string;
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { PROTO_RPCS, withParityTable } = (await import(join(root, 'apps/command-api/dist/grpc/published.js'))) as Built;

const TEMPLATE = 'proto/ocpp_gw/v1/gateway.proto.template';
const PROTO = 'proto/ocpp_gw/v1/gateway.proto';
const LOCK = 'proto/ocpp_gw/v1/gateway.lock.json';
const PAGE = 'docs/integration/grpc.md';

const { proto, lock } = gatewayProto({
  commands: ALL_COMMANDS,
  routes: PROTO_RPCS,
  template: read(TEMPLATE),
  lock: JSON.parse(read(LOCK)) as Lock,
});
const files = {
  [PROTO]: proto,
  [LOCK]: `${JSON.stringify(lock, null, 2)}\n`,
  [PAGE]: withParityTable(read(PAGE)),
};

for (const [path, text] of Object.entries(files)) {
  if (!values.check) writeFileSync(join(root, path), text);
  else if (read(path) !== text) {
    console.error(`${path} is not what the commands and routes declare: run \`make grpc-proto\``);
    process.exitCode = 1;
  }
}
