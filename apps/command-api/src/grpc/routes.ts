import { RequestMethod, type Type } from '@nestjs/common';
import { z } from 'zod';
import { scopeOf } from '../auth/scope.guard.ts';
import type { Scope } from '../auth/scope.ts';

/** How Nest numbers the parameters of a handler. */
export const PARAMETER = { request: 0, response: 1, body: 3, query: 4, path: 5 } as const;

export interface RouteParameter {
  kind: number;
  /** Position among the arguments of the handler. */
  index: number;
  /** Name of a path parameter. */
  name: string | undefined;
  schema: z.ZodType | undefined;
}

/** A route of the REST API as its controller declares it. */
export interface Route {
  /** `GET /api/v1/charge-points/{cp_id}`. */
  id: string;
  controller: Type;
  handler: string;
  scope: Scope;
  summary: string;
  description: string | undefined;
  parameters: readonly RouteParameter[];
  /** The answer when all is well; undefined when it has no body. */
  answer: z.ZodType | undefined;
}

/** The routes of the controllers, in the order of their methods. */
export function routesOf(controllers: readonly Type[]): Route[] {
  return controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype as object)
      .filter((name) => name !== 'constructor' && metadata('path', method(controller, name)) !== undefined)
      .map((name) => routeOf(controller, name)),
  );
}

function routeOf(controller: Type, name: string): Route {
  const handler = method(controller, name);
  const verb = RequestMethod[metadata<RequestMethod>('method', handler) ?? RequestMethod.GET];
  const segments = [metadata<string>('path', controller), metadata<string>('path', handler)];
  const path = segments.map((segment = '') => segment.replace(/^\/|\/$/g, '')).filter(Boolean);
  const { summary = name, description } =
    metadata<{ summary?: string; description?: string }>('swagger/apiOperation', handler) ?? {};
  const scope = scopeOf(handler) ?? scopeOf(controller);
  if (!scope) throw new Error(`${controller.name}.${name} has no scope`);
  return {
    id: `${verb} /${path.join('/').replaceAll(/:(\w+)/g, '{$1}')}`,
    controller,
    handler: name,
    scope,
    summary,
    description,
    parameters: parametersOf(controller, name),
    answer: answerOf(handler),
  };
}

function parametersOf(controller: Type, name: string): RouteParameter[] {
  const declared =
    metadata<Record<string, { index: number; data?: string; schema?: z.ZodType }>>(
      '__routeArguments__',
      controller,
      name,
    ) ?? {};
  return Object.entries(declared)
    .map(([key, { index, data, schema }]) => ({ kind: Number(key.split(':')[0]), index, name: data, schema }))
    .sort((one, other) => one.index - other.index);
}

function answerOf(handler: object): z.ZodType | undefined {
  const answers = metadata<Record<string, { standardSchema?: unknown }>>('swagger/apiResponse', handler) ?? {};
  const { standardSchema } = answers['200'] ?? answers['201'] ?? {};
  return standardSchema instanceof z.ZodType ? standardSchema : undefined;
}

function method(controller: Type, name: string): object {
  return (controller.prototype as Record<string, object>)[name] as object;
}

function metadata<Value>(key: string, target: object, property?: string): Value | undefined {
  return (property === undefined ? Reflect.getMetadata(key, target) : Reflect.getMetadata(key, target, property)) as
    Value | undefined;
}
