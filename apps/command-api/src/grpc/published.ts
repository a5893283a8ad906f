import 'reflect-metadata';
import { DEFINITIONS } from '../commands/definitions.ts';
import { ROUTES, ROUTE_RPC_LIST } from './route-rpcs.ts';
import { OTHER_RPCS, ROUTE_RPCS, WITHOUT_RPC } from './rpc-names.ts';

/** What is published of the gRPC API, besides the commands: for gateway.proto and docs/integration/grpc.md. */

/** The rpcs that gateway.proto has from the routes. */
export const PROTO_RPCS = ROUTE_RPC_LIST.map(({ name, comment, request, response }) => ({
  name,
  comment,
  request,
  response,
}));

const BEGIN = '<!-- made by `make grpc-proto`: begin -->\n';
const END = '<!-- made by `make grpc-proto`: end -->\n';

/** The page with its table of routes and rpcs as it should be. */
export function withParityTable(page: string): string {
  const [head, rest] = page.split(BEGIN);
  const tail = rest?.split(END)[1];
  if (head === undefined || tail === undefined) throw new Error('the page has no place for the table');
  return `${head}${BEGIN}\n${parityTable()}\n${END}${tail}`;
}

function parityTable(): string {
  const named = ROUTES.map(({ id, scope }) => {
    const rpc = ROUTE_RPCS[id] ?? OTHER_RPCS[id];
    return [`\`${id}\``, rpc === undefined ? `none: ${WITHOUT_RPC[id] ?? 'no reason given'}` : `\`${rpc}\``, scope];
  });
  const lines = [['REST', 'gRPC', 'Scope'], ...named];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const rows = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  rows.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return `${ROUTES.length} routes, ${ROUTE_RPC_LIST.length + DEFINITIONS.length} rpcs made from routes and commands.\n\n${rows.join('\n')}\n`;
}
