import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, type FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { credentials, loadPackageDefinition, type Client, type ClientDuplexStream } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { protoPath } from 'grpc-health-check';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { GrpcHealth } from './server.ts';

const REFLECTION = join(
  dirname(createRequire(import.meta.url).resolve('@grpc/reflection')),
  '../proto/grpc/reflection/v1/reflection.proto',
);

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, fakes().overrides);
});
afterAll(() => api.stop());

interface Reflected {
  listServicesResponse?: { service: { name: string }[] };
  fileDescriptorResponse?: { fileDescriptorProto: Buffer[] };
}

type Services = Record<string, new (target: string, creds: object) => Client>;

function clientOf<C>(file: string, path: readonly string[]): C {
  let found = loadPackageDefinition(loadSync(file)) as unknown as Record<string, unknown>;
  for (const name of path.slice(0, -1)) found = found[name] as Record<string, unknown>;
  const Service = (found as Services)[path.at(-1) as string] as Services[string];
  return new (Service as NonNullable<typeof Service>)(api.grpc, credentials.createInsecure()) as unknown as C;
}

/** A client as grpcurl is one: it knows the reflection service and nothing else. */
async function reflect(request: object): Promise<Reflected> {
  const client = clientOf<Client & { serverReflectionInfo(): ClientDuplexStream<object, Reflected> }>(REFLECTION, [
    'grpc',
    'reflection',
    'v1',
    'ServerReflection',
  ]);
  const stream = client.serverReflectionInfo();
  stream.end(request);
  const [answer] = (await stream.toArray()) as Reflected[];
  client.close();
  return answer as Reflected;
}

async function filesOf(symbol: string): Promise<FileDescriptorProto[]> {
  const { fileDescriptorResponse } = await reflect({ fileContainingSymbol: symbol });
  return (fileDescriptorResponse?.fileDescriptorProto ?? []).map((bytes) =>
    fromBinary(FileDescriptorProtoSchema, bytes),
  );
}

describe('reflection', () => {
  it('lists every service', async () => {
    const { listServicesResponse } = await reflect({ listServices: '*' });
    expect(listServicesResponse?.service.map(({ name }) => name).sort()).toEqual([
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
      'ocpp_gw.v1.GatewayService',
    ]);
  });

  it('gives the files as they were published, with their comments and JSON names', async () => {
    const files = await filesOf('ocpp_gw.v1.GatewayService');
    const gateway = files.find(({ name }) => name === 'ocpp_gw/v1/gateway.proto');
    const comments = gateway?.sourceCodeInfo?.location.map(({ leadingComments }) => leadingComments ?? '') ?? [];
    expect(comments.some((text) => text.includes('List charge points.'))).toBe(true);
    const request = gateway?.messageType.find(({ name }) => name === 'ResetRequest');
    expect(request?.field.map(({ jsonName }) => jsonName)).toContain('cpId');
    expect((await filesOf('grpc.health.v1.Health')).flatMap(({ service }) => service[0]?.name)).toContain('Health');
  });
});

describe('health', () => {
  type Status = { status: string };
  type HealthClient = Client & {
    check(request: object, done: (error: { code: number } | null, answer?: Status) => void): void;
    watch(request: object): ClientDuplexStream<object, Status>;
  };
  let client: HealthClient;
  beforeAll(() => {
    client = clientOf<HealthClient>(protoPath, ['grpc', 'health', 'v1', 'Health']);
  });
  afterAll(() => client.close());

  it.each([
    ['', { status: 1 }],
    ['ocpp_gw.v1.GatewayService', { status: 1 }],
    ['unknown.Service', { code: 5 }],
  ])('answers a check of "%s" without a token', async (service, expected) => {
    const answer = await new Promise((resolve) => client.check({ service }, (error, value) => resolve(error ?? value)));
    expect(answer).toMatchObject(expected);
  });

  it('sends each change to whoever watches', async () => {
    const watch = client.watch({ service: 'ocpp_gw.v1.GatewayService' });
    const seen = watch[Symbol.asyncIterator]() as AsyncIterator<Status>;
    expect((await seen.next()).value).toEqual({ status: 1 });
    api.app.get(GrpcHealth).set('NOT_SERVING');
    expect((await seen.next()).value).toEqual({ status: 2 });
    api.app.get(GrpcHealth).set('SERVING');
    watch.on('error', () => undefined);
    watch.cancel();
  });
});
