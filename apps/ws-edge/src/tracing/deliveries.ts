import { eventHeaders } from '@ocpp-gw/contracts';
import type { EventProducer } from '@ocpp-gw/kafka';
import { inBatchSpan, messagingSpan } from '@ocpp-gw/service-kit';

type Producer = Pick<EventProducer, 'send' | 'ready'>;

/** A span for each batch of events that the relay sends to Kafka. */
export function tracedProducer(producer: Producer): Producer {
  return {
    ready: () => producer.ready(),
    send(messages) {
      const topics = new Set(messages.map(({ topic }) => topic));
      const [only] = topics.size === 1 ? topics : [];
      return inBatchSpan(
        messagingSpan('send', { system: 'kafka', destination: only ?? '{topic}', count: messages.length }),
        messages.map(({ topic, value }) => eventHeaders(topic, value)['traceparent']),
        () => producer.send(messages),
      );
    },
  };
}
