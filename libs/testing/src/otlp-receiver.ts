import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import protobuf from 'protobufjs';

/** The part of opentelemetry-proto 1.x that is read. */
const PROTO = `
  syntax = "proto3";
  message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    repeated KeyValue attributes = 9; repeated Link links = 13; Status status = 15;
  }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { string message = 2; int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue {
    oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; ArrayValue array_value = 5; }
  }
  message ArrayValue { repeated AnyValue values = 1; }
`;
const REQUEST = protobuf.parse(PROTO).root.lookupType('ExportTraceServiceRequest');
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const ERROR = 2;

interface SpanIds {
  traceId: string;
  spanId: string;
}

export interface ReceivedSpan extends SpanIds {
  /** Null where it begins a trace. */
  parentSpanId: string | null;
  name: string;
  kind: string;
  service: string;
  failed: boolean;
  attributes: Record<string, unknown>;
  links: SpanIds[];
}

/** A receiver of OTLP over HTTP, protobuf, as an OpenTelemetry collector is one. */
export class OtlpReceiver {
  /** HTTP status of its answers. */
  status = 200;
  readonly spans: ReceivedSpan[] = [];
  /** The headers of the last request. */
  headers: NodeJS.Dict<string | string[]> = {};
  /** Everything that was received, as text in which a secret would be found. */
  received = '';

  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<OtlpReceiver> {
    const server = createServer((request, response) => {
      void buffer(request).then((body) => {
        receiver.headers = request.headers;
        receiver.take(body);
        response.writeHead(receiver.status, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
    const receiver = new OtlpReceiver(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  take(body: Uint8Array): void {
    this.received += Buffer.from(body).toString('latin1');
    this.spans.push(...spansIn(body));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

interface Attribute {
  key: string;
  value?: Record<string, unknown>;
}

interface Decoded {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: DecodedSpan[] }[] }[];
}

interface DecodedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  attributes: Attribute[];
  links: { traceId: string; spanId: string }[];
  status: { code: number } | null;
}

function spansIn(body: Uint8Array): ReceivedSpan[] {
  const decoded = REQUEST.toObject(REQUEST.decode(body), {
    ...{ bytes: String, longs: Number, arrays: true, defaults: false, objects: true },
  }) as Decoded;
  return decoded.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(attributesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => received(span, service)));
  });
}

function received(span: DecodedSpan, service: string): ReceivedSpan {
  return {
    ...idsOf(span),
    parentSpanId: span.parentSpanId ? hex(span.parentSpanId) : null,
    name: span.name,
    kind: KINDS[span.kind] ?? 'unspecified',
    service,
    failed: span.status?.code === ERROR,
    attributes: attributesOf(span.attributes),
    links: span.links.map(idsOf),
  };
}

function idsOf({ traceId, spanId }: SpanIds): SpanIds {
  return { traceId: hex(traceId), spanId: hex(spanId) };
}

function attributesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf(value: Record<string, unknown> = {}): unknown {
  const [only] = Object.values(value);
  const { values } = (only ?? {}) as { values?: Record<string, unknown>[] };
  return values ? values.map(valueOf) : only;
}

function hex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
