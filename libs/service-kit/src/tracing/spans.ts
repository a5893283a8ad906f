import type { Attributes } from '@opentelemetry/api';

export interface SpanRequest {
  name: string;
  /** Internal work unless given. */
  kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Never id tokens, and never secrets. */
  attributes?: Attributes;
  /** W3C trace context of the parent; null: it begins a trace. Without one the parent is the span that runs, if there is one. */
  parent?: string | null | undefined;
  /** W3C trace contexts of what the span has to do with, besides its parent. */
  links?: readonly (string | undefined)[];
}

/** A span that has begun. */
export interface LiveSpan {
  /** W3C trace context. It says too that a span is not sampled, so that no further one of its trace is. */
  readonly traceparent: string;
  /** The ids as log lines have them. */
  readonly ids: TraceIds;
  rename(name: string): void;
  set(attributes: Attributes): void;
  link(traceparent: string | undefined): void;
  /** @param type a constant name of what went wrong, never the text of it */
  failed(type: string): void;
  /** Spans that begin in the work, and in what it calls, have this one as their parent. */
  run<T>(work: () => T): T;
  end(): void;
}

export type TraceIds = Record<'trace_id' | 'span_id', string>;

/** What makes spans. */
export interface Spans {
  start(request: SpanRequest): LiveSpan;
  /** Whether the context is one of a trace that is kept. */
  isSampled(traceparent: string): boolean;
  /** The span that runs. */
  active(): LiveSpan | undefined;
}

let spans: Spans | undefined;

/** Makes spans with these from now on; with none again where undefined. */
export function makeSpansWith(given: Spans | undefined): void {
  spans = given;
}

/** Whether this process makes spans. It is settled before the parts of a service are put together. */
export function isTracing(): boolean {
  return spans !== undefined;
}

/** Begins a span that its caller ends; undefined where none is made. */
export function startSpan(request: SpanRequest): LiveSpan | undefined {
  return spans?.start(request);
}

/** Runs the work in a span, which ends with it. Without tracing only the work is done. */
export async function inSpan<T>(request: SpanRequest, work: (span?: LiveSpan) => Promise<T>): Promise<T> {
  const span = spans?.start(request);
  if (!span) return work();
  try {
    return await span.run(() => work(span));
  } catch (error) {
    span.failed(typeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** A receiver need not take more of them. */
const MAX_LINKS = 1024;

/**
 * Runs work that is done for many at once in one span. It belongs to the trace of the first of them that is sampled, and is linked to each
 * that is. Where none is, no span is made.
 * @param contexts W3C trace contexts of what the work is done for
 */
export function inBatchSpan<T>(
  request: Omit<SpanRequest, 'parent' | 'links'>,
  contexts: Iterable<string | undefined>,
  work: (span?: LiveSpan) => Promise<T>,
): Promise<T> {
  const links = sampled(contexts);
  return links.length === 0 ? work() : inSpan({ ...request, parent: links[0], links }, work);
}

function sampled(contexts: Iterable<string | undefined>): string[] {
  const kept = new Set<string>();
  if (!spans) return [];
  for (const context of contexts) {
    if (context && spans.isSampled(context)) kept.add(context);
    if (kept.size === MAX_LINKS) break;
  }
  return [...kept];
}

/** The span that runs; undefined where there is none. */
export function activeSpan(): LiveSpan | undefined {
  return spans?.active();
}

/** The name of an error, and its code where it has one: its message may hold what no span may. */
export function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
