import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT_CONTEXT, TraceFlags, context, trace, type Context, type ContextManager } from '@opentelemetry/api';
import { Registry, type RegistryContentType } from 'prom-client';
import { TracedHistogram } from './traced-histogram.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

/** Enough of a context manager for work that does not wait. */
class Synchronous implements ContextManager {
  private now: Context = ROOT_CONTEXT;
  active = (): Context => this.now;
  with: ContextManager['with'] = (given, work, thisArg, ...args) => {
    const before = this.now;
    this.now = given;
    try {
      return Reflect.apply(work, thisArg, args) as ReturnType<typeof work>;
    } finally {
      this.now = before;
    }
  };
  bind = <T>(_context: Context, target: T): T => target;
  enable = (): this => this;
  disable = (): this => this;
}

const within = (traceFlags: number, work: () => void): void =>
  context.with(trace.setSpanContext(ROOT_CONTEXT, { traceId: TRACE, spanId: 'b7ad6b7169203331', traceFlags }), work);

describe(TracedHistogram, () => {
  const registry: Registry<RegistryContentType> = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  let histogram: TracedHistogram<'outcome'>;

  beforeEach(() => {
    context.setGlobalContextManager(new Synchronous());
    histogram = new TracedHistogram({
      ...{
        name: 'call_seconds',
        help: 'Calls',
        labelNames: ['outcome'] as const,
        buckets: [1, 5],
        registers: [registry as Registry],
      },
    });
  });

  afterEach(() => {
    context.disable();
    registry.clear();
  });

  it('names the recorded trace of what it counts', async () => {
    within(TraceFlags.SAMPLED, () => histogram.observe({ outcome: 'ok' }, 2));
    const text = await registry.metrics();
    expect(text).toContain(`call_seconds_bucket{le="5",outcome="ok"} 1 # {trace_id="${TRACE}"} 2 `);
    expect(text).toContain('call_seconds_bucket{le="1",outcome="ok"} 0\n');
    expect(text).toContain('call_seconds_sum{outcome="ok"} 2\n');
  });

  it('names it from a timer, too', async () => {
    within(TraceFlags.SAMPLED, () => histogram.startTimer()({ outcome: 'ok' }));
    expect(await registry.metrics()).toMatch(new RegExp(`le="1",outcome="ok"} 1 # {trace_id="${TRACE}"}`));
  });

  it.each([
    ['outside of a trace', (work: () => void) => work()],
    ['in a trace that is not recorded', (work: () => void) => within(TraceFlags.NONE, work)],
  ])('counts %s', async (_title, around) => {
    around(() => histogram.observe({ outcome: 'ok' }, 0.5));
    const text = await registry.metrics();
    expect(text).toContain('call_seconds_bucket{le="1",outcome="ok"} 1\n');
    expect(text).not.toContain('trace_id');
  });

  it('counts without labels', async () => {
    const bare = new TracedHistogram({
      name: 'wait_seconds',
      help: 'Waits',
      buckets: [1],
      registers: [registry as Registry],
    });
    bare.observe(0.5);
    expect(await registry.metrics()).toContain('wait_seconds_bucket{le="1"} 1\n');
  });
});
