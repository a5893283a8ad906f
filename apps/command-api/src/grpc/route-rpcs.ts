import { snakeCase } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { REST_CONTROLLERS } from '../rest/controllers.ts';
import { ROUTE_RPCS } from './rpc-names.ts';
import { PARAMETER, routesOf, type Route } from './routes.ts';

/** An rpc that is a route of the REST API. */
export interface RouteRpc {
  name: string;
  route: Route;
  /** What gateway.proto says of it. */
  comment: string;
  /** Path, query and body. */
  request: z.ZodObject;
  response: z.ZodObject;
  /** The field of the response that holds the whole answer; undefined when the fields of the answer are its own. */
  answerField: string | undefined;
}

export const ROUTES: readonly Route[] = routesOf(REST_CONTROLLERS);

/** Made at start, so that a route that no rpc can call stops the start and not a call. */
export const ROUTE_RPC_LIST: readonly RouteRpc[] = ROUTES.flatMap((route) => {
  const name = ROUTE_RPCS[route.id];
  return name === undefined ? [] : [rpcOfRoute(name, route)];
});

export function rpcOfRoute(name: string, route: Route): RouteRpc {
  const { answer } = route;
  const answerField = answer === undefined || isPage(answer) ? undefined : fieldOf(answer);
  const response =
    answer === undefined ? z.object({}) : answerField ? z.object({ [answerField]: answer }) : (answer as z.ZodObject);
  return { name, route, comment: commentOf(route), request: requestOf(name, route), response, answerField };
}

function requestOf(name: string, { id, parameters }: Route): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  const add = (field: string, schema: z.ZodType): void => {
    if (field in shape)
      throw new Error(`${id} has two parameters ${field}, which cannot be one message ${name}Request`);
    shape[field] = schema;
  };
  for (const { kind, name: parameter, schema } of parameters) {
    if (kind === PARAMETER.request || kind === PARAMETER.response) continue;
    if (kind === PARAMETER.path && parameter !== undefined && schema) add(parameter, schema);
    else if ((kind === PARAMETER.query || kind === PARAMETER.body) && schema)
      for (const [field, each] of Object.entries(objectOf(id, schema).shape)) add(field, each as z.ZodType);
    else throw new Error(`no rpc can give ${id} its parameter ${parameter ?? kind}`);
  }
  return z.object(shape);
}

export function objectOf(id: string, schema: z.ZodType): z.ZodObject {
  const bare = schema instanceof z.ZodPrefault || schema instanceof z.ZodPipe ? inner(schema) : schema;
  if (bare instanceof z.ZodObject) return bare;
  throw new Error(`${id} has a query or body that is no object`);
}

function inner(schema: z.ZodPrefault | z.ZodPipe): z.ZodType {
  return (schema instanceof z.ZodPipe ? schema.in : schema.unwrap()) as z.ZodType;
}

/** Every list of the API is a page. */
function isPage(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && 'items' in schema.shape && 'next_cursor' in schema.shape;
}

function fieldOf(schema: z.ZodType): string {
  const { id } = z.globalRegistry.get(schema) ?? {};
  if (id === undefined) throw new Error('the answer of a route with an rpc needs a name: meta({ id })');
  return snakeCase(id).slice(1);
}

function commentOf({ id, summary, description, scope }: Route): string {
  const text = description === undefined ? `${summary}.` : `${summary}. ${description}`;
  return `${text} REST: ${id} (scope ${scope}).`;
}
