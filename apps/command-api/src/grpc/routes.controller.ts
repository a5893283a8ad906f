import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject, UseFilters, UseGuards } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GrpcMethod } from '@nestjs/microservices';
import { RequireScope, ScopeGuard } from '../auth/scope.guard.ts';
import { readInput } from '../problems/request-faults.ts';
import { checkReadable, requestIdOf, type Call } from './call.ts';
import { mapMessage, type MessageMapping } from './message-mapping.ts';
import { GrpcProblemFilter } from './problem.filter.ts';
import { GATEWAY_SERVICE, messageOf, rpcOf } from './proto.ts';
import { ROUTE_RPC_LIST, objectOf, type RouteRpc } from './route-rpcs.ts';
import { PARAMETER, type RouteParameter } from './routes.ts';

/** The routes of the REST API as rpcs: each calls the handler of its route, with the same checks. */
@UseGuards(ScopeGuard)
@UseFilters(GrpcProblemFilter)
@Controller()
export class RoutesController {
  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  async run({ rpc, request, response, finish }: PreparedRpc, message: object, call: Call): Promise<object> {
    checkReadable(message);
    const { route, answerField } = rpc;
    const fields = request.toRest(message);
    const values = route.parameters.map((parameter) => argument(rpc, parameter, fields, call));
    const controller = this.modules.get<Record<string, (...values: unknown[]) => Promise<object>>>(route.controller, {
      strict: false,
    });
    const answer = (await controller[route.handler]?.(...values)) ?? {};
    return finish(response.toMessage(answerField === undefined ? answer : { [answerField]: answer }));
  }
}

interface PreparedRpc {
  rpc: RouteRpc;
  request: MessageMapping;
  response: MessageMapping;
  /** Fills in zero values. */
  finish: (fields: object) => object;
}

function argument(rpc: RouteRpc, parameter: RouteParameter, fields: Record<string, unknown>, call: Call): unknown {
  const { kind, name, schema } = parameter;
  if (kind === PARAMETER.request)
    return { requestId: requestIdOf(call.metadata), caller: call.caller, headers: call.metadata.getMap() };
  if (kind === PARAMETER.response) return IGNORED_RESPONSE;
  if (!schema) return undefined;
  if (kind === PARAMETER.path) return readInput(schema, fields[name as string], { in: 'parameter', name });
  const keys = Object.keys(objectOf(rpc.route.id, schema).shape);
  const own = Object.fromEntries(keys.filter((key) => key in fields).map((key) => [key, fields[key]]));
  return readInput(schema, own, { in: kind === PARAMETER.body ? 'body' : 'parameter' });
}

/** Status and headers of REST, which an rpc does not have. */
const IGNORED_RESPONSE = {
  status: () => IGNORED_RESPONSE,
  setHeader: () => IGNORED_RESPONSE,
};

for (const rpc of ROUTE_RPC_LIST) addMethod(rpc);

/** Does what decorators on a method would do, because Nest reads the methods of a service only from a class. */
function addMethod(rpc: RouteRpc): void {
  const { name, route } = rpc;
  const controller = RoutesController.prototype;
  const prepared: PreparedRpc = {
    rpc,
    request: mapMessage(messageOf(`${name}Request`), rpc.request),
    response: mapMessage(messageOf(`${name}Response`), rpc.response),
    finish: (fields) => rpcOf(name).responseType.fromPartial(fields),
  };
  const property = {
    value(this: RoutesController, message: object, _metadata: Metadata, call: Call): Promise<object> {
      return this.run(prepared, message, call);
    },
    configurable: true,
    writable: true,
  };
  Object.defineProperty(controller, name, property);
  RequireScope(route.scope)(controller, name, property);
  GrpcMethod(GATEWAY_SERVICE, name)(controller, name, property);
}
