import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { gatewayProto, type Lock } from '@ocpp-gw/codegen';
import { ALL_COMMANDS, gateway } from '@ocpp-gw/contracts';
import { PROTO_ROOT } from '../testdata/proto-client.ts';
import { PROTO_RPCS, withParityTable } from './published.ts';
import { ROUTES } from './route-rpcs.ts';
import { OTHER_RPCS, ROUTE_RPCS, WITHOUT_RPC } from './rpc-names.ts';

const read = (path: string): string => readFileSync(join(PROTO_ROOT, '..', path), 'utf8');

describe('gateway.proto', () => {
  it('and its lock are what the commands and the routes declare', () => {
    const lock = JSON.parse(read('proto/ocpp_gw/v1/gateway.lock.json')) as Lock;
    const template = read('proto/ocpp_gw/v1/gateway.proto.template');
    const made = gatewayProto({ commands: ALL_COMMANDS, routes: PROTO_RPCS, template, lock });
    expect(made.proto).toBe(read('proto/ocpp_gw/v1/gateway.proto'));
    expect(made.lock).toEqual(lock);
  });
});

describe('REST and gRPC', () => {
  const served = Object.values(gateway.GatewayServiceDefinition.methods).map(({ name }) => name as string);
  const named = { ...ROUTE_RPCS, ...OTHER_RPCS };

  it.each(ROUTES.map(({ id }) => [id]))('%s has an rpc, or a reason why it has none', (id) => {
    const rpc = named[id];
    expect(rpc === undefined ? WITHOUT_RPC[id] : served.find((name) => name === rpc)).toBeTruthy();
  });

  it('name no rpc and no reason for a route that is not there', () => {
    const ids = new Set(ROUTES.map(({ id }) => id));
    const strangers = [...Object.keys(named), ...Object.keys(WITHOUT_RPC)].filter((id) => !ids.has(id));
    expect(strangers).toEqual([]);
  });

  it('are compared in docs/integration/grpc.md as they are', () => {
    const page = read('docs/integration/grpc.md');
    expect(withParityTable(page)).toBe(page);
  });
});
