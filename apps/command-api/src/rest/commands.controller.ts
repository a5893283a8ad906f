import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { CommandAnswer } from '@ocpp-gw/contracts';
import type { Response } from 'express';
import { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { DEFINITIONS, type CommandDefinition } from '../commands/definitions.ts';
import { TypedCommands } from '../commands/typed-commands.ts';
import { CommandReads } from '../reads/commands.ts';
import { ApiProblems, BODY_PROBLEMS, COMMAND_PROBLEMS } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { contextOf, type ApiRequest } from './request.ts';
import { ApiCommandHeaders, respond, respondAfterMs } from './respond.ts';

interface Exchange {
  request: ApiRequest;
  response: Response;
}

type Body = z.infer<CommandDefinition['request']> & { timeout_s: number };

/** The version-neutral commands: one route for each command of the table, with one body for charge points of both protocols. */
@RequireScope('command')
@ApiProblems(...BODY_PROBLEMS, ...COMMAND_PROBLEMS)
@Controller('api/v1/charge-points/:cp_id/commands')
export class CommandsController {
  constructor(
    @Inject(TypedCommands) private readonly commands: TypedCommands,
    @Inject(CommandReads) private readonly reads: CommandReads,
  ) {}

  async run(
    definition: CommandDefinition,
    { request, response }: Exchange,
    charger: string,
    body: Body,
  ): Promise<CommandAnswer | object> {
    const afterMs = respondAfterMs(request);
    const options = { ...contextOf(request), timeoutMs: body.timeout_s * 1000, isAsync: afterMs !== null };
    const started = await this.commands.start(definition, { cpId: charger, request: body, options });
    return respond(started, { afterMs, response, commands: this.reads });
  }
}

for (const definition of DEFINITIONS) addRoute(definition);

/** Does what decorators on a method would do, because Nest and its OpenAPI document read routes only from a class. */
export function addRoute(definition: CommandDefinition): void {
  const { slug, job, summary, answer } = definition;
  const controller = CommandsController.prototype;
  const name = slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const method = {
    [name](this: CommandsController, request: ApiRequest, charger: string, body: Body, response: Response) {
      return this.run(definition, { request, response }, charger, body);
    },
  }[name];
  const property = { value: method, configurable: true, writable: true };
  Object.defineProperty(controller, name, property);
  Reflect.defineMetadata('design:paramtypes', [Object, String, Object, Object], controller, name);
  Req()(controller, name, 0);
  Param('cp_id', { schema: cpId })(controller, name, 1);
  const { schema, required } = bodyOf(definition);
  Body({ schema })(controller, name, 2);
  Res({ passthrough: true })(controller, name, 3);
  applyDecorators(
    Post(slug),
    Group(job),
    HttpCode(200),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, description: 'The answer of the charge point', standardSchema: answer }),
    ApiCommandHeaders(),
    ApiBody({ schema: { $ref: `#/components/schemas/${definition.kind}Request` }, required }),
  )(controller, name, property);
}

/** A command without a mandatory field can be sent without a body. */
function bodyOf({ request }: CommandDefinition): { schema: z.ZodType; required: boolean } {
  const required = !request.safeParse({}).success;
  return { schema: required ? request : request.prefault({}), required };
}
