import { jest } from '@jest/globals';
import type {
  DeliveryRecord,
  WebhookDeliveryLog,
  WebhookSubscriptionRecord,
  WebhookSubscriptions,
  WebhookTests,
} from '@ocpp-gw/persistence';

const AT = new Date('2026-05-01T12:00:00Z');

export const subscriptionRecord = (changes: Partial<WebhookSubscriptionRecord> = {}): WebhookSubscriptionRecord => ({
  name: 'billing',
  source: 'api',
  url: 'https://example.com/hook',
  events: ['tx.*'],
  ordered: true,
  state: 'active',
  stateReason: null,
  stateChangedAt: AT,
  previousSecretUntil: null,
  createdAt: AT,
  updatedAt: AT,
  ...changes,
});

export const deliveryRecord = (changes: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
  id: '7',
  subscription: 'billing',
  eventId: '019b796d-d600-7321-bba6-0b16c110c6fe',
  eventType: 'tx.ended',
  cpId: 'CP-1',
  body: '{"type":"tx.ended"}',
  recordedAt: AT,
  state: 'dead',
  attempts: 10,
  nextAttemptAt: AT,
  lastError: 'answered 500',
  lastStatus: 500,
  createdAt: AT,
  deliveredAt: null,
  ...changes,
});

/** Two subscriptions: one that REST manages, and one of the configuration. */
export function webhookFakes() {
  const known = new Map(
    [subscriptionRecord(), subscriptionRecord({ name: 'declared', source: 'configuration' })].map((one) => [
      one.name,
      one,
    ]),
  );
  return {
    subscriptions: {
      list: jest.fn<WebhookSubscriptions['list']>(async () => ({ items: [...known.values()], nextCursor: null })),
      get: jest.fn<WebhookSubscriptions['get']>(async (name) => known.get(name) ?? null),
      create: jest.fn<WebhookSubscriptions['create']>(async ({ events, ...created }) => {
        known.set(created.name, subscriptionRecord({ ...created, events: [...events] }));
        return 'created';
      }),
      change: jest.fn<WebhookSubscriptions['change']>(async () => undefined),
      rotate: jest.fn<WebhookSubscriptions['rotate']>(async () => undefined),
      setState: jest.fn<WebhookSubscriptions['setState']>(async () => undefined),
      delete: jest.fn<WebhookSubscriptions['delete']>(async () => undefined),
    },
    log: {
      list: jest.fn<WebhookDeliveryLog['list']>(async () => ({ items: [deliveryRecord()], nextCursor: 'next' })),
      ofEvents: jest.fn<WebhookDeliveryLog['ofEvents']>(async () => []),
      get: jest.fn<WebhookDeliveryLog['get']>(async (id) => (id === '7' ? deliveryRecord() : null)),
      replay: jest.fn<WebhookDeliveryLog['replay']>(async (ids) => [...ids]),
      replayMatching: jest.fn<WebhookDeliveryLog['replayMatching']>(async () => 3),
      resend: jest.fn<WebhookDeliveryLog['resend']>(async () => 5),
      deleteOf: jest.fn<WebhookDeliveryLog['deleteOf']>(async () => undefined),
    },
    tests: {
      request: jest.fn<WebhookTests['request']>(async () => undefined),
      get: jest.fn<WebhookTests['get']>(async (id) => ({
        id,
        subscription: 'billing',
        requestedAt: AT,
        takenAt: AT,
        endedAt: AT,
        status: 204,
        error: null,
        durationMs: 12,
      })),
    },
  };
}
