import { TraceFlags, trace } from '@opentelemetry/api';
import {
  Histogram,
  Registry,
  register,
  type HistogramConfiguration,
  type LabelValues,
  type RegistryContentType,
} from 'prom-client';

/** Buckets for what takes between a millisecond and half a minute. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

// The one format that has exemplars; the library wants it before the first histogram that has them.
(register as Registry<RegistryContentType>).setContentType(Registry.OPENMETRICS_CONTENT_TYPE);

/**
 * A histogram each of whose buckets names the last trace that was counted in it (an exemplar), where its registry can write
 * that. Only recorded traces are named: the others cannot be looked up.
 */
export class TracedHistogram<Label extends string = string> extends Histogram<Label> {
  constructor(configuration: HistogramConfiguration<Label>) {
    const enableExemplars = [...(configuration.registers ?? [register])].every(
      ({ contentType }) => contentType === Registry.OPENMETRICS_CONTENT_TYPE,
    );
    super({ ...configuration, enableExemplars });
    if (!enableExemplars) return;
    const observe = this.observe.bind(this);
    const observeTraced = (first: LabelValues<Label> | number | { value: number }, second?: number): void => {
      // A timer of the library calls with one object.
      const given = typeof first === 'object' && second === undefined ? first : undefined;
      const data = given ?? { labels: typeof first === 'object' ? first : {}, value: Number(second ?? first) };
      observe({ ...(data as { labels: LabelValues<Label>; value: number }), exemplarLabels: exemplar<Label>() });
    };
    // The library, too, puts the method on the instance.
    this.observe = observeTraced;
  }
}

function exemplar<Label extends string>(): LabelValues<Label> {
  const context = trace.getActiveSpan()?.spanContext();
  const isRecorded = context !== undefined && (context.traceFlags & TraceFlags.SAMPLED) !== 0;
  return (isRecorded ? { trace_id: context.traceId } : {}) as LabelValues<Label>;
}
