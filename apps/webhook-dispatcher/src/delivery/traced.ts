import { activeSpan, inSpan } from '@ocpp-gw/service-kit';
import type { SubscriptionWorkerOptions } from './subscription-worker.ts';
import type { AttemptsOptions } from './attempts.ts';

type Attempt = SubscriptionWorkerOptions['attempt'];
type Send = AttemptsOptions['post'];

/** A span for each attempt at a delivery, in the trace of the event. */
export function tracedAttempts(attempt: Attempt): Attempt {
  return (subscription, delivery, answered) =>
    inSpan(
      {
        name: 'process webhook_deliveries',
        kind: 'consumer',
        parent: traceparentIn(delivery.body),
        attributes: {
          'ocpp.cp_id': delivery.cpId,
          'ocpp.event.id': delivery.eventId,
          'ocpp.event.type': delivery.eventType,
          'ocpp.webhook.subscription': subscription.name,
          'ocpp.webhook.attempt': delivery.attempts,
        },
      },
      () => attempt(subscription, delivery, answered),
    );
}

/** A span for each POST. Its receiver gets the context as a header. The path of a URL may hold a secret, so no span has it. */
export function tracedPosts(send: Send): Send {
  return (post) =>
    inSpan(
      {
        name: 'POST',
        kind: 'client',
        attributes: { 'http.request.method': 'POST', 'server.address': new URL(post.url).hostname },
      },
      async (span) => {
        const answer = await send({ ...post, traceparent: activeSpan()?.traceparent });
        if (answer.kind === 'answered') span?.set({ 'http.response.status_code': answer.status });
        if (answer.kind === 'failed' || answer.status >= 400)
          span?.failed(answer.kind === 'failed' ? 'no answer' : String(answer.status));
        return answer;
      },
    );
}

function traceparentIn(body: string): string | null {
  const { data } = JSON.parse(body) as { data?: { traceparent?: string } };
  return data?.traceparent || null;
}
