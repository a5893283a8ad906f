import { TOPICS, webhookFields } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';

const EXAMPLE_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';

/** Longest time for which the old secret of a rotation may be valid, seconds. */
const LONGEST_ROTATION_S = 30 * 86_400;
export const ROTATION_S = 86_400;

export const webhookName = webhookFields.name.describe('Name of the webhook').meta({ examples: ['billing'] });

const url = webhookFields.url
  .describe('Where the events are sent, http or https; redirects are not followed')
  .meta({ examples: ['https://example.com/hooks/ocpp'] });

const events = webhookFields.events
  .describe('Types of events, families such as `tx.*`, or `*` for all')
  .meta({ examples: [[TOPICS.boot, TOPICS.transactionEnded]] });

const ordered = z
  .boolean()
  .describe(
    'Whether the events of one charge point are delivered one at a time and in order. False lets later events pass one that fails',
  );

const secret = webhookFields.secret.meta({ examples: [EXAMPLE_SECRET] });

const webhookShape = {
  name: webhookName,
  source: z
    .enum(['api', 'configuration'])
    .describe('Where the webhook is managed: here, or by EVEYS_OCPP_WEBHOOKS of webhook-dispatcher'),
  url,
  events,
  ordered,
  state: z
    .enum(['active', 'paused', 'disabled'])
    .describe(
      'active: events are delivered. paused: an operator has stopped the delivery. disabled: the receiver answered 410 Gone. Events of a ' +
        'webhook that is paused or disabled are kept for seven days and delivered when it is resumed',
    ),
  state_reason: z.string().nullable().describe('Why it is paused or disabled; null while it is active'),
  state_changed_at: timestamp.describe('When its state changed last'),
  previous_secret_until: timestamp
    .nullable()
    .describe('Until when messages carry a signature of the previous secret too; null when there was no rotation'),
  created_at: timestamp.describe('When it was created'),
  updated_at: timestamp.describe('When it was last changed'),
};

export const webhook = z.object(webhookShape).meta({ id: 'Webhook' });

export const webhookPage = pageOf(webhook).meta({ id: 'WebhookPage' });

export const webhookWithSecret = z
  .object({
    ...webhookShape,
    secret: z
      .string()
      .describe('Secret that verifies the signatures. Only this answer shows it')
      .meta({ examples: [EXAMPLE_SECRET] }),
  })
  .meta({ id: 'WebhookWithSecret' });

export const webhooksQuery = z.strictObject(pageQuery({ preset: 50, max: 500 }));

export const newWebhook = z
  .strictObject({
    name: webhookName.describe(
      'Name of the webhook: 1 to 63 lower-case letters, digits, "-" or "_". It cannot be changed',
    ),
    url,
    events,
    ordered: ordered.optional().describe(`${ordered.description}. True unless set`),
    secret: secret
      .optional()
      .describe('Secret of your own: "whsec_" and 24 to 64 bytes in base64. If absent, the gateway makes one'),
  })
  .meta({ id: 'NewWebhook' });

export const webhookChanges = z
  .strictObject({ url: url.optional(), events: events.optional(), ordered: ordered.optional() })
  .meta({ id: 'WebhookChanges' });

export const rotation = z
  .strictObject({
    secret: secret
      .optional()
      .describe('New secret: "whsec_" and 24 to 64 bytes in base64. If absent, the gateway makes one'),
    previous_valid_s: z
      .int()
      .min(0)
      .max(LONGEST_ROTATION_S)
      .optional()
      .describe('For how many seconds messages carry a signature of the old secret too. A day unless set')
      .meta({ examples: [3600] }),
  })
  .prefault({})
  .meta({ id: 'SecretRotation' });

export const webhookTest = z
  .object({
    webhook_id: z.string().describe('Header webhook-id of the message that was sent'),
    delivered: z.boolean().describe('Whether the receiver answered 2xx'),
    status: z.int().nullable().describe('HTTP status of its answer; null when there was no answer'),
    error: z
      .string()
      .nullable()
      .describe('Why there was no answer; null when there was one')
      .meta({ examples: ['getaddrinfo ENOTFOUND hooks.example.com'] }),
    duration_ms: z.int().describe('How long the answer took, in milliseconds'),
  })
  .meta({ id: 'WebhookTest' });

const matching = {
  event_type: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Only events of this type')
    .meta({ examples: [TOPICS.transactionEnded] }),
  cp_id: z.string().min(1).max(48).optional().describe('Only events of this charge point'),
  to: moment.optional().describe('Recorded before this time'),
};

export const replayFilter = z
  .strictObject({ ...matching, from: moment.optional().describe('Recorded at this time or later') })
  .prefault({})
  .meta({ id: 'WebhookReplayFilter' });

export const resendFilter = z
  .strictObject({ ...matching, from: moment.describe('Recorded at this time or later') })
  .meta({ id: 'WebhookResendFilter' });

export const pendingAgain = z
  .object({ count: z.int().describe('Number of deliveries that are pending again') })
  .meta({ id: 'WebhookDeliveriesPendingAgain' });

export const deliveryId = z
  .string()
  .regex(/^\d{1,18}$/, 'must be the id of a delivery')
  .describe('Id of the delivery')
  .meta({ examples: ['4711'] });

const deliveryShape = {
  id: deliveryId,
  webhook: z.string().describe('Name of the webhook'),
  event_id: z.string().describe('Id of the event, sent as the header webhook-id'),
  event_type: z
    .string()
    .describe('Type of the event')
    .meta({ examples: [TOPICS.transactionEnded] }),
  cp_id: z.string().describe('Identity of the charge point'),
  state: z
    .enum(['pending', 'delivered', 'dead'])
    .describe('pending: to be sent, or tried again. delivered: the receiver answered 2xx. dead: failed for good'),
  attempts: z.int().describe('Number of attempts so far'),
  last_status: z.int().nullable().describe('HTTP status of the last answer; null when there was none'),
  last_error: z.string().nullable().describe('Why the last attempt failed; null when it did not'),
  next_attempt_at: timestamp.nullable().describe('When it is tried next; null unless it is pending'),
  recorded_at: timestamp.describe('When the gateway recorded the event'),
  created_at: timestamp.describe('When the delivery was queued'),
  delivered_at: timestamp.nullable().describe('When the receiver accepted it; null when it has not'),
};

export const delivery = z.object(deliveryShape).meta({ id: 'WebhookDelivery' });

export const deliveryDetail = z
  .object({ ...deliveryShape, body: z.string().describe('Body as it is signed and sent') })
  .meta({ id: 'WebhookDeliveryDetail' });

export const deliveryPage = pageOf(delivery).meta({ id: 'WebhookDeliveryPage' });

const deliveryFilters = {
  state: z.enum(['pending', 'delivered', 'dead']).optional().describe('Only deliveries in this state'),
  ...matching,
  from: moment.optional().describe('Recorded at this time or later'),
  ...pageQuery({ preset: 50, max: 500 }),
};

export const deliveriesOfQuery = z.strictObject(deliveryFilters);
export const deliveriesQuery = z.strictObject({
  webhook: webhookFields.name.optional().describe('Only deliveries to this webhook'),
  ...deliveryFilters,
});
