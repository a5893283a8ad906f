import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileRegistry, fromBinary, type DescMessage } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gatewayProto, type Lock } from '@ocpp-gw/codegen';
import {
  ALL_COMMANDS,
  commandCheck,
  defineCommand,
  grpcName,
  type CommandDeclaration,
  type TypedKind,
} from '@ocpp-gw/contracts';
import { z } from 'zod';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { mapMessage } from '../grpc/message-mapping.ts';
import { PROTO_ROOT } from '../testdata/proto-client.ts';
import { addRoute } from '../rest/commands.controller.ts';
import { defined } from './definitions.ts';

/** A command that no version has: what follows from its declaration alone is shown here, its CALL in libs/ocpp-j. */
const winkLights = defineCommand({
  kind: 'WinkLights',
  job: 'charging',
  summary: 'Wink the lights of an EVSE',
  request: z.strictObject({
    evse_id: z.int().min(1).describe('EVSE'),
    light_color: grpcName('LightColor', z.enum(['Red', 'DeepBlue']))
      .optional()
      .describe('Its own when absent'),
    wink_id: z.int().min(1).optional().describe('Made by the gateway when absent'),
  }),
  example: { evse_id: 1 },
  made: 'wink_id',
  answer: { seen_by: z.array(z.string()).default([]).describe('Who saw it') },
}) as unknown as CommandDeclaration<TypedKind>;
const definition = defined(winkLights);
const declarations = [...ALL_COMMANDS, winkLights];

const { bus, overrides } = fakes();
const folder = mkdtempSync(join(tmpdir(), 'one-declaration-'));
let api: RunningApi;

beforeAll(async () => {
  addRoute(definition);
  api = await startApi({ EVEYS_OCPP_REST_OPENAPI_ENABLED: 'true' }, overrides);
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});

describe('a command that is declared once', () => {
  const path = '/api/v1/charge-points/CP-1/commands/wink-lights';

  it('has a route, which sends it and renders its answer', async () => {
    const outcome = {
      kind: 'result',
      action: 'Wink',
      payload: {},
      status: 'Accepted',
      answer: { seenBy: ['Ann'] },
    } as const;
    bus.send.mockResolvedValueOnce({ recorded: true, outcome });
    const { status, body } = await api.request('POST', path, { json: { evse_id: 2, light_color: 'Red' } });
    expect([status, body]).toMatchObject([200, { status: 'Accepted', seen_by: ['Ann'], wink_id: expect.any(Number) }]);
    const sent = bus.send.mock.calls[0]?.[1];
    expect(sent).toEqual({ kind: 'WinkLights', evseId: 2, lightColor: 'Red', winkId: body.wink_id });
    // What was sent is what the bus lets through.
    expect(commandCheck(declarations)(sent)).toBeNull();
  });

  it('has a page in the API description', async () => {
    const { body } = await api.request('GET', '/api/v1/openapi.json');
    expect(body.paths['/api/v1/charge-points/{cp_id}/commands/wink-lights'].post.summary).toBe(winkLights.summary);
    expect(body.components.schemas.WinkLightsRequest.properties).toMatchObject({
      evse_id: { description: 'EVSE' },
      timeout_s: { maximum: 30 },
    });
    expect(body.components.schemas.WinkLightsAnswer.properties).toHaveProperty('seen_by');
  });

  it('is refused at the route and on the bus when its schema does not hold', async () => {
    expect(await api.request('POST', path, { json: { evse_id: 0 } })).toMatchObject({ status: 422 });
    const check = commandCheck(declarations);
    expect(check({ kind: 'WinkLights', evseId: 1 })).toMatch(/wink_id/);
    expect(check({ kind: 'WinkLights', evseId: 1, winkId: 1, lightColor: 'Pink' })).toMatch(/light_color/);
    expect(commandCheck(ALL_COMMANDS)({ kind: 'WinkLights', evseId: 1, winkId: 1 })).toMatch(/unknown/);
  });

  it('has an rpc, whose messages stand for its request and answer, and changes no other', () => {
    const source = join(PROTO_ROOT, 'ocpp_gw/v1');
    const published = JSON.parse(readFileSync(join(source, 'gateway.lock.json'), 'utf8')) as Lock;
    const template = readFileSync(join(source, 'gateway.proto.template'), 'utf8');
    const { proto, lock } = gatewayProto({ commands: declarations, template, lock: published });
    expect(lock).toMatchObject(published);
    mkdirSync(join(folder, 'ocpp_gw/v1'), { recursive: true });
    cpSync(join(PROTO_ROOT, 'events'), join(folder, 'events'), { recursive: true });
    writeFileSync(join(folder, 'ocpp_gw/v1/gateway.proto'), proto);
    const built = execFileSync('buf', ['build', folder, '--output', '-']);
    const types = createFileRegistry(fromBinary(FileDescriptorSetSchema, built));
    expect(types.getService('ocpp_gw.v1.GatewayService')?.method).toHaveProperty('winkLights');

    const envelope = { cp_id: 'cp_id', timeout_seconds: 'timeout_s' };
    const request = types.getMessage('ocpp_gw.v1.WinkLightsRequest') as DescMessage;
    const { toRest } = mapMessage(request, definition.request, envelope);
    const message = { cpId: 'CP-1', evseId: 2, lightColor: 2, winkId: 0, timeoutSeconds: 5 };
    expect(toRest(message)).toEqual({ cp_id: 'CP-1', evse_id: 2, light_color: 'DeepBlue', timeout_s: 5 });
    const response = types.getMessage('ocpp_gw.v1.WinkLightsResponse') as DescMessage;
    const { toMessage } = mapMessage(response, definition.answer);
    expect(toMessage({ status: 'Accepted', seen_by: ['Ann'], wink_id: 7 })).toEqual({
      status: 'Accepted',
      seenBy: ['Ann'],
      winkId: 7,
    });
  });
});
