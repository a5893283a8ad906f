import { status as Grpc } from '@grpc/grpc-js';
import type { ProblemDefinitions } from '../definition.ts';

/** What the request is about is not there, or its state does not allow the request. */
export const RESOURCE_PROBLEMS = {
  'charge-point-not-found': {
    title: 'Charge point not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the identity, or create the charge point with PUT /api/v1/charge-points/{cp_id}.',
  },
  'precondition-failed': {
    title: 'The charge point is not as the request expects it',
    status: 412,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Nothing was changed. Read the charge point again, and send its ETag in If-Match.',
  },
  'transaction-not-found': {
    title: 'Transaction not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the id against GET /api/v1/transactions?cp_id=...',
  },
  'transaction-conflict': {
    title: 'The state of the transaction does not allow this',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Read the transaction again; nothing was changed.',
  },
  'report-not-found': {
    title: 'Report not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the number against GET /api/v1/charge-points/{cp_id}/reports.',
  },
  'command-not-found': {
    title: 'Command not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the id against GET /api/v1/commands. Commands are kept for EVEYS_OCPP_COMMANDS_RETENTION_DAYS.',
  },
  'bulk-command-not-found': {
    title: 'Bulk command not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the id against GET /api/v1/bulk-commands.',
  },
  'webhook-not-found': {
    title: 'Webhook not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the name against GET /api/v1/webhooks.',
  },
  'webhook-exists': {
    title: 'A webhook has this name already',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Nothing was created. Use another name, or change the webhook with PATCH /api/v1/webhooks/{webhook}.',
  },
  'webhook-configured': {
    title: 'The configuration manages this webhook',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice:
      'Nothing was changed. Change EVEYS_OCPP_WEBHOOKS of webhook-dispatcher and restart it. To pause, resume and test this webhook, and to ' +
      'send deliveries again, is possible here.',
  },
  'too-many-webhooks': {
    title: 'There are too many webhooks',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Delete a webhook that is not needed, or use one webhook for more events.',
  },
  'webhook-test-unanswered': {
    title: 'No dispatcher has sent the test',
    status: 504,
    grpc: Grpc.DEADLINE_EXCEEDED,
    advice: 'Check that webhook-dispatcher runs and is ready; then send the test again.',
  },
  'webhook-delivery-not-found': {
    title: 'Delivery not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the id against GET /api/v1/webhook-deliveries. Delivered ones are kept for seven days.',
  },
  'webhook-delivery-not-dead': {
    title: 'The delivery is not dead',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice:
      'Nothing was changed. Only dead deliveries are replayed; POST /api/v1/webhooks/{webhook}/resend sends delivered ones again.',
    example: { state: 'delivered' },
  },
} as const satisfies ProblemDefinitions;
