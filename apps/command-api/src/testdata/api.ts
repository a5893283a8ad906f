import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Global, Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { Drain, LOGGER, Readiness, loadConfig, type LogFields, type Logger } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import { AppModule } from '../app.module.ts';
import { configSchema } from '../config.ts';
import { startApis, prepareApis } from '../lifecycle.ts';

export const TOKEN = 'all-scopes-token';
const TOKENS = `${TOKEN},reader:read:read-token,operator:command:command-token`;

interface LogLine extends LogFields {
  level: string;
  msg: string;
}

export interface RunningApi {
  app: INestApplication;
  /** Of REST, without a slash at the end. */
  url: string;
  /** Of gRPC, host:port. */
  grpc: string;
  logs: LogLine[];
  drain: Drain;
  /** One REST request with the token that may do everything, unless a header says otherwise. */
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  stop(): Promise<void>;
}

interface RequestOptions {
  json?: unknown;
  /** Sent as it is, as JSON. */
  body?: string;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of every route
}

/** Boots the service as main.ts does, on free ports and with its log kept; `overrides` replace providers. */
export async function startApi(
  env: Record<string, string>,
  overrides: ReadonlyMap<unknown, unknown> = new Map(),
): Promise<RunningApi> {
  register.clear();
  const logs: LogLine[] = [];
  const logger = recorder(logs);
  const grpcPort = await pickFreePort();
  const config = loadConfig(configSchema, {
    EVEYS_OCPP_REST_HOST: '127.0.0.1',
    EVEYS_OCPP_REST_PORT: '0',
    EVEYS_OCPP_GRPC_HOST: '127.0.0.1',
    EVEYS_OCPP_GRPC_PORT: String(grpcPort),
    EVEYS_OCPP_REST_INBOUND_TOKENS: TOKENS,
    EVEYS_OCPP_REST_DRAIN_NOTICE_S: '0',
    ...env,
  });
  let builder = Test.createTestingModule({ imports: [kit(logger), AppModule.register(config)] });
  for (const [token, value] of overrides) builder = builder.overrideProvider(token).useValue(value);
  const app = (await builder.compile()).createNestApplication({ logger: ['error', 'warn', 'fatal'] });
  prepareApis(app, config);
  await app.init();
  await startApis(app, config);
  // A test that calculates for long would find the connection of its client closed as idle.
  (app.getHttpServer() as Server).keepAliveTimeout = 300_000;
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const drain = app.get(Drain);
  return {
    app,
    url,
    grpc: `127.0.0.1:${grpcPort}`,
    logs,
    drain,
    request: (method, path, options) => request(`${url}${path}`, method, options),
    async stop() {
      await drain.run();
      await app.close();
    },
  };
}

async function request(url: string, method: string, { json, body, headers }: RequestOptions = {}): Promise<Answer> {
  const sent = json === undefined ? body : JSON.stringify(json);
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(sent !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

function recorder(lines: LogLine[], bound: LogFields = {}): Logger {
  const at = (level: string) => (msg: string, fields?: LogFields) =>
    void lines.push({ level, msg, ...bound, ...fields });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => recorder(lines, { ...bound, ...fields }),
  };
}

@Global()
@Module({})
class Kit {}

/** What service-kit gives every service, with the log kept. */
function kit(logger: Logger): DynamicModule {
  const providers = [
    { provide: LOGGER, useValue: logger },
    { provide: Readiness, useValue: new Readiness() },
    { provide: Drain, useValue: new Drain(logger) },
  ];
  return { module: Kit, global: true, providers, exports: providers };
}
