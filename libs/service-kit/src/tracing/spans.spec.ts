import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  InMemorySpanExporter,
  NodeTracerProvider,
  ParentBasedSampler,
  SimpleSpanProcessor,
  type Sampler,
} from '@opentelemetry/sdk-trace-node';
import { PassThrough } from 'node:stream';
import { createPino } from '../logger.ts';
import { OtelSpans } from './otel-spans.ts';
import { activeSpan, inBatchSpan, inSpan, isTracing, makeSpansWith, startSpan, type LiveSpan } from './spans.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const sampled = `00-${TRACE}-${SPAN}-01`;
const unsampled = `00-${'1'.repeat(32)}-${SPAN}-00`;
const other = `00-${'2'.repeat(32)}-${SPAN}-01`;

const exporter = new InMemorySpanExporter();

function traced(root: Sampler = new AlwaysOnSampler()): void {
  const provider = new NodeTracerProvider({
    sampler: new ParentBasedSampler({ root }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  provider.register();
  makeSpansWith(new OtelSpans(provider.getTracer('spec')));
}

afterEach(() => {
  makeSpansWith(undefined);
  trace.disable();
  context.disable();
  exporter.reset();
});

describe('without tracing', () => {
  it('only the work is done', async () => {
    expect(isTracing()).toBe(false);
    expect(startSpan({ name: 'a' })).toBeUndefined();
    expect(await inSpan({ name: 'a' }, (span) => Promise.resolve(span))).toBeUndefined();
    expect(await inBatchSpan({ name: 'a' }, [sampled], (span) => Promise.resolve(span))).toBeUndefined();
    expect(activeSpan()).toBeUndefined();
  });
});

describe('a span', () => {
  beforeEach(() => traced());

  it('continues the trace of its parent, and is the parent of what begins in its work', async () => {
    let inner: LiveSpan | undefined;
    await inSpan({ name: 'outer', kind: 'server', parent: sampled }, async () => {
      await Promise.resolve();
      await inSpan({ name: 'inner', attributes: { 'ocpp.cp_id': 'CP1' } }, async (span) => void (inner = span));
    });
    const [child, parent] = exporter.getFinishedSpans();
    expect(parent).toMatchObject({ name: 'outer', parentSpanContext: { traceId: TRACE, spanId: SPAN } });
    expect(child?.parentSpanContext?.spanId).toBe(parent?.spanContext().spanId);
    expect(inner?.traceparent).toBe(`00-${TRACE}-${child?.spanContext().spanId}-01`);
    expect(child?.attributes).toEqual({ 'ocpp.cp_id': 'CP1' });
  });

  it('begins a trace where the context of its parent is malformed', async () => {
    await inSpan({ name: 'a', parent: 'nonsense', links: ['nonsense', undefined, other] }, () => Promise.resolve());
    const [span] = exporter.getFinishedSpans();
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.links.map((link) => link.context.traceId)).toEqual(['2'.repeat(32)]);
  });

  it('says of a failure its type and never its text', async () => {
    const secret = Object.assign(new Error('password hunter2'), { code: 'ECONNREFUSED' });
    await expect(inSpan({ name: 'a' }, () => Promise.reject(secret))).rejects.toBe(secret);
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({ attributes: { 'error.type': 'ECONNREFUSED' }, status: { code: 2 } });
    expect(JSON.stringify([span?.attributes, span?.status, span?.events])).not.toContain('hunter2');
  });

  it('is linked to what is found out while it runs', async () => {
    await inSpan({ name: 'a' }, async (span) => {
      span?.link(other);
      span?.link(undefined);
    });
    expect(exporter.getFinishedSpans()[0]?.links).toHaveLength(1);
  });

  it('has its ids on the log lines of its work, and on no others', async () => {
    const lines = new PassThrough();
    const pino = createPino({
      ...{ service: 's', pod: 'p', level: 'INFO', json: true },
      traced: true,
      destination: lines,
    });
    await inSpan({ name: 'a', parent: sampled }, async () => pino.info('within'));
    pino.info('outside');
    const [within, outside] = String(lines.read())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const span = exporter.getFinishedSpans()[0]?.spanContext().spanId;
    expect(within).toMatchObject({ msg: 'within', trace_id: TRACE, span_id: span });
    expect(outside).not.toHaveProperty('trace_id');
  });
});

describe('a trace that is not sampled', () => {
  it('makes no span, and says so to whoever comes next', async () => {
    traced(new AlwaysOffSampler());
    const context = await inSpan({ name: 'a' }, async (span) => span?.traceparent);
    expect(context).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
    const continued = await inSpan({ name: 'b', parent: context }, async (span) => span?.traceparent);
    expect(continued?.slice(0, 35)).toBe(context?.slice(0, 35));
    expect(continued).toMatch(/-00$/);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('is left to the caller who decided it', async () => {
    traced(new AlwaysOffSampler());
    await inSpan({ name: 'a', parent: sampled }, () => Promise.resolve());
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });
});

describe('a span of a batch', () => {
  beforeEach(() => traced());

  it('belongs to the first sampled trace, and is linked to each', async () => {
    await inBatchSpan({ name: 'send' }, [undefined, '', unsampled, sampled, other, sampled], () => Promise.resolve());
    const [span] = exporter.getFinishedSpans();
    expect(span?.spanContext().traceId).toBe(TRACE);
    expect(span?.links.map((link) => link.context.traceId)).toEqual([TRACE, '2'.repeat(32)]);
  });

  it('is not made where nothing in it is sampled', async () => {
    expect(
      await inBatchSpan({ name: 'send' }, [undefined, unsampled], (span) => Promise.resolve(span)),
    ).toBeUndefined();
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
