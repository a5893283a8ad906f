import { makeSpansWith, type LiveSpan, type SpanRequest } from '@ocpp-gw/service-kit';
import { AsyncLocalStorage } from 'node:async_hooks';

export interface RecordedSpan extends Required<Pick<SpanRequest, 'name' | 'kind' | 'attributes'>> {
  traceparent: string;
  parent: string | null;
  links: string[];
  failed: string | null;
}

/** Makes spans that are recorded here, until {@link stopRecordingSpans}. */
export function recordSpans(): RecordedSpan[] {
  const recorded: RecordedSpan[] = [];
  const active = new AsyncLocalStorage<LiveSpan>();
  makeSpansWith({
    active: () => active.getStore(),
    isSampled: () => true,
    start({ name, kind = 'internal', attributes = {}, parent = active.getStore()?.traceparent ?? null, links = [] }) {
      const traceparent = `00-${'0'.repeat(31)}1-${String(recorded.length + 1).padStart(16, '0')}-01`;
      const given = links.filter((link) => link !== undefined);
      const facts: RecordedSpan = {
        name,
        kind,
        traceparent,
        parent,
        links: given,
        attributes: { ...attributes },
        failed: null,
      };
      recorded.push(facts);
      const span: LiveSpan = {
        traceparent,
        ids: { trace_id: '1', span_id: String(recorded.length) },
        rename: (to) => void (facts.name = to),
        set: (more) => void Object.assign(facts.attributes, more),
        link: (to) => void facts.links.push(...(to === undefined ? [] : [to])),
        failed: (type) => void (facts.failed = type),
        run: (work) => active.run(span, work),
        end: () => undefined,
      };
      return span;
    },
  });
  return recorded;
}

export function stopRecordingSpans(): void {
  makeSpansWith(undefined);
}
