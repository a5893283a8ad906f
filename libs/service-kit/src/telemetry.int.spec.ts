import { afterEach, describe, expect, it } from '@jest/globals';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { eventually, OtlpReceiver, SentryReceiver } from '@ocpp-gw/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const fixture = fileURLToPath(new URL('./testdata/telemetry-service.mjs', import.meta.url));
const SECRET = 'canary-backend-token';

const cleanups: (() => void)[] = [];

afterEach(() => cleanups.splice(0).forEach((clean) => clean()));

type Line = Record<string, unknown>;

/** Runs the service to its end; its log lines, and its exit code. */
async function run(env: Record<string, string>): Promise<{ lines: Line[]; code: number | null }> {
  const port = String(await pickFreePort());
  const child = spawn(process.execPath, [fixture], {
    env: { PATH: process.env['PATH'], EVEYS_OCPP_METRICS_PORT: port, EVEYS_OCPP_BACKEND_TOKEN: SECRET, ...env },
  });
  cleanups.push(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  await eventually(() => output.includes('service started'));
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  const lines = output.trim().split('\n');
  return { lines: lines.map((line) => JSON.parse(line) as Line), code };
}

const lineOf = (lines: readonly Line[], msg: string): Line => lines.find((line) => line['msg'] === msg) ?? {};

describe('a service', () => {
  it('loads nothing for traces and error reports where neither is configured', async () => {
    const { lines, code } = await run({});
    // The API, which does nothing by itself, comes with the metrics.
    expect(lineOf(lines, 'loaded')).toMatchObject({ is_tracing: false, modules: ['@opentelemetry/api'] });
    expect(lineOf(lines, 'call failed')).not.toHaveProperty('trace_id');
    expect(code).toBe(0);
  });

  it('sends its spans, the last ones at its end, and has their ids in its log', async () => {
    const receiver = await OtlpReceiver.start();
    cleanups.push(() => receiver.stop());
    const { lines, code } = await run({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-receiver',
    });
    expect(receiver.headers['authorization']).toBe('Bearer of-the-receiver');
    const [span] = receiver.spans;
    expect(receiver.spans).toEqual([
      {
        ...{ name: 'work', kind: 'internal', service: 'telemetry', parentSpanId: null, failed: false, links: [] },
        attributes: { 'ocpp.cp_id': 'CP1' },
        traceId: expect.stringMatching(/^[\da-f]{32}$/),
        spanId: expect.stringMatching(/^[\da-f]{16}$/),
      },
    ]);
    expect(lineOf(lines, 'call failed')).toMatchObject({ trace_id: span?.traceId, span_id: span?.spanId });
    expect(lineOf(lines, 'loaded')['modules']).not.toContain('@sentry/node');
    expect(code).toBe(0);
  });

  it('speaks gRPC to the receiver where that is set', async () => {
    const decoder = await OtlpReceiver.start();
    cleanups.push(() => decoder.stop());
    const server = new Server();
    const bytes = (value: Buffer): Buffer => value;
    const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
    const codec = {
      ...{ requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes },
    };
    server.addService(
      { Export: { path, requestStream: false, responseStream: false, ...codec } },
      {
        Export: ({ request }: { request: Buffer }, answer: (error: null, reply: Buffer) => void) => {
          decoder.take(request);
          answer(null, Buffer.alloc(0));
        },
      },
    );
    cleanups.push(() => server.forceShutdown());
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(decoder.spans.map(({ name }) => name)).toEqual(['work']);
  });

  it('makes no span of a trace that the sampler drops', async () => {
    const receiver = await OtlpReceiver.start();
    cleanups.push(() => receiver.stop());
    const { lines } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_TRACES_SAMPLER: 'always_off' });
    expect(lineOf(lines, 'loaded')['is_tracing']).toBe(true);
    expect(receiver.spans).toEqual([]);
  });

  it('says that its spans are refused', async () => {
    const receiver = await OtlpReceiver.start();
    cleanups.push(() => receiver.stop());
    receiver.status = 400;
    const { lines } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    expect(lineOf(lines, 'traces cannot be sent')).toMatchObject({ level: 'warn' });
  });

  it('ends though its spans cannot be sent', async () => {
    const { code } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await pickFreePort()}` });
    expect(code).toBe(0);
  });

  it('reports an unexpected error to Sentry with its charge point, and without secrets', async () => {
    const receiver = await SentryReceiver.start();
    cleanups.push(() => receiver.stop());
    const { lines } = await run({ EVEYS_OCPP_SENTRY_DSN: receiver.dsn });
    expect(lineOf(lines, 'loaded')['modules']).toContain('@sentry/node');
    expect(receiver.events).toHaveLength(1);
    const [event] = receiver.events;
    expect(event?.tags).toMatchObject({ service: 'telemetry', cp_id: 'CP1', action: 'Authorize' });
    expect(event?.contexts?.['log']).toMatchObject({ message: 'call failed' });
    expect(event?.exception.values.map(({ value }) => value)).toEqual([
      'the token [redacted] was refused',
      'no answer',
    ]);
    expect(receiver.received).not.toMatch(/canary/);
  });

  it('names the trace of an error to Sentry where there is one', async () => {
    const [traces, errors] = await Promise.all([OtlpReceiver.start(), SentryReceiver.start()]);
    cleanups.push(
      () => traces.stop(),
      () => errors.stop(),
    );
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: traces.url, EVEYS_OCPP_SENTRY_DSN: errors.dsn });
    expect(errors.events[0]?.contexts?.['trace']).toMatchObject({ trace_id: traces.spans[0]?.traceId });
  });
});
