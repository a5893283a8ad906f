import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  context,
  isSpanContextValid,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { LiveSpan, SpanRequest, Spans, TraceIds } from './spans.ts';

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** Spans of OpenTelemetry. This file is loaded only where they are made. */
export class OtelSpans implements Spans {
  constructor(private readonly tracer: Tracer) {}

  start({ name, kind = 'internal', attributes = {}, parent, links = [] }: SpanRequest): LiveSpan {
    const from = parent === undefined ? context.active() : contextOf(parent);
    const linked = links.flatMap((one) => linkOf(one) ?? []);
    const span = this.tracer.startSpan(name, { kind: KINDS[kind], attributes, links: linked }, from);
    return new OtelSpan(span, trace.setSpan(from, span));
  }

  isSampled(traceparent: string): boolean {
    return ((parseTraceParent(traceparent)?.traceFlags ?? 0) & TraceFlags.SAMPLED) !== 0;
  }

  active(): LiveSpan | undefined {
    const span = trace.getActiveSpan();
    return span && isSpanContextValid(span.spanContext()) ? new OtelSpan(span, context.active()) : undefined;
  }
}

class OtelSpan implements LiveSpan {
  constructor(
    private readonly span: Span,
    private readonly within: Context,
  ) {}

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  }

  get ids(): TraceIds {
    const { traceId, spanId } = this.span.spanContext();
    return { trace_id: traceId, span_id: spanId };
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: Attributes): void {
    this.span.setAttributes(attributes);
  }

  link(traceparent: string | undefined): void {
    const link = linkOf(traceparent);
    if (link) this.span.addLink(link);
  }

  failed(type: string): void {
    this.span.setAttributes({ 'error.type': type }).setStatus({ code: SpanStatusCode.ERROR });
  }

  run<T>(work: () => T): T {
    return context.with(this.within, work);
  }

  end(): void {
    this.span.end();
  }
}

/** A context that is malformed begins a new trace, as the recommendation of W3C says. */
function contextOf(traceparent: string | null): Context {
  const parent = traceparent === null ? null : parseTraceParent(traceparent);
  return parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
}

function linkOf(traceparent: string | undefined) {
  const linked = traceparent === undefined ? null : parseTraceParent(traceparent);
  return linked && { context: linked };
}
