import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import { BACKEND_PATHS } from '@ocpp-gw/contracts/backend';
import { OtlpReceiver, SentryReceiver, type FakeCharger, type ReceivedSpan } from '@ocpp-gw/testing';
import { booted } from './booted-charger.ts';
import { GatewayClient } from './grpc-client.ts';
import { canariesSuite, CANARIES } from './suites/canaries.cases.ts';
import { rest, startStack, TOKEN, type Stack } from './stack.ts';
import { Traces } from './traces.ts';
import { until } from './until.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

const CP_ID = 'TRACE-1';
const TAG = 'TRACED-TAG';
const COMMANDS = `/charge-points/${CP_ID}/commands`;

let stack: Stack;
let receiver: OtlpReceiver;
let errors: SentryReceiver;
let webhook: WebhookReceiver;
let traces: Traces;
let charger: FakeCharger;

beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  errors = await SentryReceiver.start();
  webhook = await WebhookReceiver.start();
  traces = new Traces(receiver);
  const telemetry = {
    EVEYS_OCPP_LOG_LEVEL: 'DEBUG',
    EVEYS_OCPP_SENTRY_DSN: errors.dsn,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${CANARIES.otlpToken}`,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  stack = await startStack('tracing', {}, {}, {}, telemetry);
  charger = await booted(stack.edgeUrls[0], CP_ID, 'ocpp1.6');
  charger.answer('RemoteStartTransaction', () => ({ status: 'Accepted' }));
  const created = await rest(stack, 'POST', '/webhooks', {
    ...{ name: 'traced', url: webhook.url('/traced'), events: ['tx.started'] },
  });
  expect(created.status).toBe(201);
  await until('the dispatcher to know the webhook', async () =>
    expect(await rest(stack, 'POST', '/webhooks/traced/test')).toMatchObject({ body: { delivered: true } }),
  );
}, 180_000);

afterAll(async () => {
  await charger?.close();
  await stack?.stop();
  for (const each of [receiver, errors, webhook]) each?.stop();
}, 60_000);

const contextOf = ({ traceId, spanId }: ReceivedSpan): string => `00-${traceId}-${spanId}-01`;

describe('the trace of a remote start', () => {
  let request: ReceivedSpan;
  let command: ReceivedSpan;
  let start: ReceivedSpan;
  let commit: ReceivedSpan;

  beforeAll(async () => {
    const answer = await rest(stack, 'POST', `${COMMANDS}/remote-start`, { id_token: TAG, evse_id: 1 });
    expect(answer).toMatchObject({ status: 200, body: { status: 'Accepted' } });
    await charger.call('StartTransaction', {
      ...{ connectorId: 1, idTag: TAG, meterStart: 100, timestamp: new Date().toISOString() },
    });
  });

  it('goes from REST over the bus to the charge point', async () => {
    request = await traces.find({
      ...{ service: 'command-api', kind: 'server' },
      name: 'POST /api/v1/charge-points/:cp_id/commands/remote-start',
    });
    expect(request).toMatchObject({
      parentSpanId: null,
      attributes: { 'http.response.status_code': 200, 'ocpp.cp_id': CP_ID },
    });
    const sent = await traces.find({ name: 'send cp:cmd:{cp_id}', kind: 'producer', under: request });
    expect(sent.attributes).toMatchObject({ 'ocpp.command': 'RemoteStart', 'ocpp.outcome': 'result' });
    command = await traces.find({ name: 'process cp:cmd:{cp_id}', service: 'ws-edge', kind: 'consumer', under: sent });
    const call = await traces.find({ name: 'ocpp1.6/RemoteStartTransaction', kind: 'client', under: command });
    const [, messageId] = charger.received.findLast((frame) => frame[2] === 'RemoteStartTransaction') ?? [];
    expect(call.attributes).toMatchObject({ 'ocpp.message_id': messageId, 'ocpp.cp_id': CP_ID });
  });

  it('is linked to from the transaction that the charge point then starts', async () => {
    start = await traces.find({ name: 'ocpp1.6/StartTransaction', kind: 'server', linkedTo: command });
    expect(start.parentSpanId).toBeNull();
    expect(start.attributes['ocpp.transaction_id']).toBeDefined();
    commit = await traces.find({ name: 'commit effects', under: start });
  });

  it('goes on through the outbox to Kafka, the backend, and the webhook', async () => {
    const topic = TOPICS.transactionStarted;
    await traces.find({ service: 'ws-edge', kind: 'producer', linkedTo: commit });
    await traces.find({ name: `process ${topic}`, service: 'webhook-dispatcher', linkedTo: commit });
    await traces.find({ name: `POST ${BACKEND_PATHS.sessionOpen}`, service: 'ws-edge', kind: 'client', under: commit });
    const attempt = await traces.find({
      ...{ name: 'process webhook_deliveries', under: commit },
      attributes: { 'ocpp.webhook.subscription': 'traced', 'ocpp.event.type': topic },
    });
    const post = await traces.find({ name: 'POST', service: 'webhook-dispatcher', kind: 'client', under: attempt });
    const message = webhook.received.find(({ body }) => body.includes(topic));
    expect(message?.traceparent).toBe(contextOf(post));
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ data: { traceparent: contextOf(commit) } });
  });

  it('is on the log lines of every service that it passes', () => {
    const lineOf = (output: string, msg: string): unknown =>
      output.split('\n').flatMap((line) => (line.includes(`"msg":"${msg}"`) ? [JSON.parse(line) as object] : []));
    const inTrace = expect.objectContaining({ trace_id: request.traceId });
    expect(lineOf(stack.api.output, 'command ended')).toContainEqual(inTrace);
    expect(lineOf(stack.edges[0].output, 'command carried out')).toContainEqual(inTrace);
    expect(lineOf(stack.edges[0].output, 'call handled')).toContainEqual(
      expect.objectContaining({ trace_id: start.traceId, span_id: start.spanId }),
    );
    expect(lineOf(stack.dispatcher.output, 'webhook delivered')).toContainEqual(
      expect.objectContaining({ trace_id: start.traceId }),
    );
  });
});

describe('the trace of MeterValues', () => {
  it('goes from the frame to the row in ClickHouse', async () => {
    const timestamp = new Date().toISOString();
    await charger.call('MeterValues', {
      connectorId: 1,
      meterValue: [{ timestamp, sampledValue: [{ value: '4711', measurand: 'Energy.Active.Import.Register' }] }],
    });
    const call = await traces.find({
      name: 'ocpp1.6/MeterValues',
      kind: 'server',
      attributes: { 'ocpp.cp_id': CP_ID },
    });
    const commit = await traces.find({ name: 'commit effects', under: call });
    await traces.find({ name: `send ${TOPICS.meter}`, service: 'ws-edge', linkedTo: commit });
    const batch = await traces.find({
      name: `process ${TOPICS.meter}`,
      service: 'clickhouse-ingestor',
      linkedTo: commit,
    });
    const insert = await traces.find({ name: 'INSERT meter_samples', kind: 'client', linkedTo: batch });
    expect(insert.attributes['db.operation.batch.size']).toBeGreaterThan(0);
    const query = `SELECT value FROM meter_samples WHERE cp_id = '${CP_ID}' AND value = 4711`;
    await until('the row', async () => {
      const rows = await (await stack.clickhouse.query({ query, format: 'JSONEachRow' })).json();
      expect(rows).toHaveLength(1);
    });
  });

  it('is linked to the handshake of its connection, as is everything on it', async () => {
    const handshake = await traces.find({ name: 'GET /{cp_id}', kind: 'server', attributes: { 'ocpp.cp_id': CP_ID } });
    expect(handshake.attributes).toMatchObject({
      ...{ 'http.response.status_code': 101, 'ocpp.handshake.outcome': 'accepted' },
    });
    for (const name of ['BootNotification', 'MeterValues', 'RemoteStartTransaction'])
      await traces.find({ name: `ocpp1.6/${name}`, linkedTo: handshake });
  });
});

describe('the trace of a caller', () => {
  const ids = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) };

  const clearCache = async (traceparent: string): Promise<void> => {
    charger.answer('ClearCache', () => ({ status: 'Accepted' }));
    const answer = await fetch(`${stack.rest}${COMMANDS}/clear-cache`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, traceparent },
    });
    expect(answer.status).toBe(200);
  };

  it('goes on to the charge point', async () => {
    await clearCache(`00-${ids.traceId}-${ids.spanId}-01`);
    const call = await traces.find({ name: 'ocpp1.6/ClearCache', kind: 'client' });
    expect(call.traceId).toBe(ids.traceId);
    const name = 'POST /api/v1/charge-points/:cp_id/commands/clear-cache';
    expect((await traces.find({ name })).parentSpanId).toBe(ids.spanId);
  });

  it('goes on to the charge point from gRPC, too', async () => {
    const traceId = 'a'.repeat(32);
    const client = new GatewayClient(stack.grpcAddress);
    await client.call('ClearCache', { cp_id: CP_ID }, TOKEN, { traceparent: `00-${traceId}-${ids.spanId}-01` });
    client.close();
    const call = await traces.find({ name: 'ocpp_gw.v1.GatewayService/ClearCache', kind: 'server', traceId });
    expect(call).toMatchObject({ parentSpanId: ids.spanId, attributes: { 'rpc.grpc.status_code': 0 } });
    await traces.find({ name: 'send cp:cmd:{cp_id}', under: call });
    await traces.find({ name: 'ocpp1.6/ClearCache', kind: 'client', traceId });
  });

  it('has no spans where the caller keeps none, and is known to receivers all the same', async () => {
    const dropped = 'e'.repeat(32);
    await clearCache(`00-${dropped}-${ids.spanId}-00`);
    await until('the event of its end', async () => {
      const bodies = stack.backend.webhooks({ type: TOPICS.command, cp_id: CP_ID }).map(({ body }) => body);
      expect(bodies).toContainEqual(
        expect.objectContaining({
          data: expect.objectContaining({ traceparent: expect.stringMatching(`^00-${dropped}-.*-00$`) }),
        }),
      );
    });
    expect(receiver.spans.filter(({ traceId }) => traceId === dropped)).toEqual([]);
  });
});

describe('what the services say', () => canariesSuite(() => ({ stack, receiver, errors })));
