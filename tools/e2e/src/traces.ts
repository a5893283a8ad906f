import type { OtlpReceiver, ReceivedSpan } from '@ocpp-gw/testing';
import { until } from './until.ts';

type Wanted = Partial<Pick<ReceivedSpan, 'name' | 'kind' | 'service' | 'traceId'>> & {
  attributes?: Record<string, unknown>;
  /** Its parent. */
  under?: ReceivedSpan;
  /** One that it is linked to. */
  linkedTo?: ReceivedSpan;
};

/** Finds spans by what they are and what they are tied to, as somebody does who follows a trace. */
export class Traces {
  readonly #receiver: OtlpReceiver;

  constructor(receiver: OtlpReceiver) {
    this.#receiver = receiver;
  }

  /** Spans arrive some seconds after they have ended. */
  find(wanted: Wanted): Promise<ReceivedSpan> {
    return until(`a span ${wanted.name}`, async () => {
      const found = this.all(wanted).at(-1);
      if (!found) throw new Error(`there are ${[...new Set(this.#receiver.spans.map(({ name }) => name))].join(', ')}`);
      return found;
    });
  }

  all({ attributes = {}, under, linkedTo, ...facts }: Wanted): ReceivedSpan[] {
    return this.#receiver.spans.filter(
      (span) =>
        Object.entries(facts).every(([name, value]) => span[name as keyof ReceivedSpan] === value) &&
        Object.entries(attributes).every(([name, value]) => span.attributes[name] === value) &&
        (!under || (span.traceId === under.traceId && span.parentSpanId === under.spanId)) &&
        (!linkedTo || span.links.some((link) => link.traceId === linkedTo.traceId && link.spanId === linkedTo.spanId)),
    );
  }
}
