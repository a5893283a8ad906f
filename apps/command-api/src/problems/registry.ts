import { status as Grpc } from '@grpc/grpc-js';
import type { ProblemMembers, RequestFault } from './members.ts';

export interface ProblemDefinition {
  title: string;
  /** HTTP status. */
  status: number;
  /** Status of gRPC (proto/ocpp_gw/v1/gateway.proto). */
  grpc: Grpc;
  /** What to do about the problem. It is the `detail` unless the place that throws the problem gives a more exact one. */
  advice: string;
  /** After how many seconds the request may be repeated unchanged; absent where it must not be. */
  retryAfterS?: number;
  /** Members of the problem besides those of RFC 9457, as an example shows them. */
  example?: ProblemMembers & { errors?: RequestFault[] };
}

/**
 * Every problem this service answers with (RFC 9457). The key ends the problem's `type`, which callers program
 * against: it is never renamed and never reused for something else.
 */
export const PROBLEMS = {
  'malformed-json': {
    title: 'The body is not JSON',
    status: 400,
    grpc: Grpc.INVALID_ARGUMENT,
    advice: 'Send a body that is one valid JSON value.',
  },
  'invalid-parameter': {
    title: 'A parameter is invalid',
    status: 400,
    grpc: Grpc.INVALID_ARGUMENT,
    advice: 'Correct the parameters named in errors.',
    example: { errors: [{ parameter: 'limit', message: 'Too big: expected number to be <=500' }] },
  },
  'bad-request': {
    title: 'The request cannot be read',
    status: 400,
    grpc: Grpc.INVALID_ARGUMENT,
    advice: 'Correct the request as the detail says.',
  },
  'no-tokens-configured': {
    title: 'No token is configured',
    status: 401,
    grpc: Grpc.UNAUTHENTICATED,
    advice:
      'The gateway has no inbound tokens and refuses every request. Set EVEYS_OCPP_REST_INBOUND_TOKENS and restart it.',
  },
  'token-missing': {
    title: 'A bearer token is needed',
    status: 401,
    grpc: Grpc.UNAUTHENTICATED,
    advice: 'Send "Authorization: Bearer <token>" with a token of EVEYS_OCPP_REST_INBOUND_TOKENS.',
  },
  'token-unknown': {
    title: 'The token is not known',
    status: 401,
    grpc: Grpc.UNAUTHENTICATED,
    advice: 'Use a token that is listed in EVEYS_OCPP_REST_INBOUND_TOKENS.',
  },
  'scope-missing': {
    title: 'The token may not do this',
    status: 403,
    grpc: Grpc.PERMISSION_DENIED,
    advice: 'Use a token that has the scope.',
  },
  'route-not-found': {
    title: 'No such route',
    status: 404,
    grpc: Grpc.UNIMPLEMENTED,
    advice: 'Check the path against the API description.',
  },
  'charge-point-not-found': {
    title: 'Charge point not found',
    status: 404,
    grpc: Grpc.NOT_FOUND,
    advice: 'Check the identity, or create the charge point with PUT /api/v1/charge-points/{cp_id}.',
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
  'method-not-allowed': {
    title: 'The route has no such method',
    status: 405,
    grpc: Grpc.UNIMPLEMENTED,
    advice: 'Use a method of the Allow header.',
  },
  'charge-point-offline': {
    title: 'The charge point is not connected',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Nothing was sent. Send the command again once the charge point is connected.',
  },
  'charge-point-moved': {
    title: 'The charge point has just moved to another instance of the gateway',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Nothing was sent. Send the command again.',
  },
  'not-supported': {
    title: "The charge point's protocol does not support this",
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Nothing was sent. Use a command that the protocol of the charge point has.',
    example: { protocol: 'ocpp1.6' },
  },
  'charge-point-not-accepted': {
    title: 'The charge point is not accepted yet',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Nothing was sent. Accept its registration first; then send the command again.',
    example: { code: 'NotAccepted' },
  },
  'precondition-failed': {
    title: 'The charge point is not as the request expects it',
    status: 412,
    grpc: Grpc.FAILED_PRECONDITION,
    advice: 'Nothing was changed. Read the charge point again, and send its ETag in If-Match.',
  },
  'body-too-large': {
    title: 'The body is too large',
    status: 413,
    grpc: Grpc.RESOURCE_EXHAUSTED,
    advice: 'Send at most 1 MiB.',
  },
  'headers-too-large': {
    title: 'The URL and the headers are too large',
    status: 431,
    grpc: Grpc.RESOURCE_EXHAUSTED,
    advice: 'Send at most 16 KiB of URL and headers: fewer values of a repeated parameter, or shorter ones.',
  },
  'unsupported-media-type': {
    title: 'The body must be JSON',
    status: 415,
    grpc: Grpc.INVALID_ARGUMENT,
    advice: 'Send JSON with the header "Content-Type: application/json".',
  },
  'invalid-body': {
    title: 'The body is invalid',
    status: 422,
    grpc: Grpc.INVALID_ARGUMENT,
    advice: 'Correct the fields named in errors. Nothing was sent to the charge point.',
    example: { errors: [{ pointer: '/id_token', message: 'Invalid input: expected string, received undefined' }] },
  },
  'invalid-payload': {
    title: "The request cannot be sent in the charge point's protocol",
    status: 422,
    grpc: Grpc.INVALID_ARGUMENT,
    advice: 'Correct the fields named in errors. Nothing was sent to the charge point.',
    example: {
      action: 'ReserveNow',
      errors: [{ pointer: '/id_token', message: 'must NOT have more than 20 characters' }],
    },
  },
  // Over REST nobody is left to read this problem. Proxies log 499 for a client that went away, and it stands for CANCELLED.
  'command-cancelled': {
    title: 'The caller went away before the command was sent',
    status: 499,
    grpc: Grpc.CANCELLED,
    advice: 'Nothing was sent. Send the command again, and wait for its answer.',
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
  'command-running': {
    title: 'The command has not ended yet',
    status: 409,
    grpc: Grpc.FAILED_PRECONDITION,
    advice:
      'The same key has asked for this command before, and it still runs. Read it with GET /api/v1/commands/{command_id}?wait=30.',
    example: { command_id: '01a22b3e-3161-7000-8000-4f4a2c5d6e7f' },
  },
  'idempotency-key-reused': {
    title: 'The Idempotency-Key belongs to another request',
    status: 422,
    grpc: Grpc.INVALID_ARGUMENT,
    advice: 'Nothing was sent. Use a new Idempotency-Key for a new command, and the same body with the same key.',
    example: { command_id: '01a22b3e-3161-7000-8000-4f4a2c5d6e7f' },
  },
  'rate-limited': {
    title: 'The token has made too many requests',
    status: 429,
    grpc: Grpc.RESOURCE_EXHAUSTED,
    advice: 'Wait as long as Retry-After says.',
  },
  'internal-error': {
    title: 'The gateway failed',
    status: 500,
    grpc: Grpc.INTERNAL,
    advice: 'This is a fault of the gateway. Report it with the request_id.',
  },
  'call-error': {
    title: 'The charge point answered with an error',
    status: 502,
    grpc: Grpc.ABORTED,
    advice:
      'The charge point refused the call. call_error holds its answer: code is the error code as the charge point sent it, and ' +
      'standard_code is the code of the specification that it stands for.',
    example: {
      call_error: {
        action: 'Reset',
        code: 'InternalError',
        standard_code: 'InternalError',
        description: 'reset relay stuck',
        details: {},
      },
    },
  },
  'invalid-answer': {
    title: 'The answer of the charge point is invalid',
    status: 502,
    grpc: Grpc.ABORTED,
    advice:
      'The charge point answered the call, but its answer breaks the schema of its protocol. payload holds the answer as it was sent.',
    example: {
      action: 'Reset',
      reason: '/status must be equal to one of the allowed values',
      payload: { status: 'OK' },
    },
  },
  'charge-point-disconnected': {
    title: 'The charge point disconnected before it answered',
    status: 502,
    grpc: Grpc.ABORTED,
    advice: 'The call was sent and may have been carried out. Check the state of the charge point before repeating it.',
    example: { action: 'Reset' },
  },
  'dependency-unavailable': {
    title: 'A dependency is unavailable',
    status: 503,
    grpc: Grpc.UNAVAILABLE,
    advice: 'Try again shortly.',
    retryAfterS: 5,
    example: { dependency: 'redis' },
  },
  'answer-lost': {
    title: 'The answer was lost',
    status: 503,
    grpc: Grpc.ABORTED,
    advice:
      'The gateway lost Redis while the command was running. The command may have been carried out. Check the state of the charge point ' +
      'before repeating it.',
  },
  'not-taken': {
    title: 'The gateway cannot take the command now',
    status: 503,
    grpc: Grpc.UNAVAILABLE,
    advice: 'Nothing was sent. Try again shortly.',
    retryAfterS: 1,
    example: { code: 'QueueFull' },
  },
  'answer-timeout': {
    title: 'The charge point did not answer in time',
    status: 504,
    grpc: Grpc.DEADLINE_EXCEEDED,
    advice: 'The call was sent and may still be carried out. Check the state of the charge point before repeating it.',
    example: { action: 'Reset' },
  },
  'charge-point-silent': {
    title: 'The charge point is connected and has sent nothing yet',
    status: 504,
    grpc: Grpc.DEADLINE_EXCEEDED,
    advice:
      'Nothing was sent. The gateway waits for the first message of a charge point before it sends a command, and none came in the time of ' +
      'the command. Send the command again once the charge point has booted, or allow more time.',
    example: { sent: false },
  },
  'command-expired': {
    title: 'The command expired before it was sent',
    status: 504,
    grpc: Grpc.DEADLINE_EXCEEDED,
    advice:
      'Nothing was sent, because other calls to the charge point took all the time. Try again, or allow more time.',
  },
  'events-gone': {
    title: 'Events after this id are no longer kept',
    status: 410,
    grpc: Grpc.OUT_OF_RANGE,
    advice: 'Open the stream without an id, and read what you missed from the lists.',
  },
  'too-many-streams': {
    title: 'The token has too many event streams',
    status: 429,
    grpc: Grpc.RESOURCE_EXHAUSTED,
    advice: 'Close a stream first, or read the events of several charge points and types in one stream.',
    example: { limit: 10 },
  },
  'stream-too-slow': {
    title: 'The reader of the event stream is too slow',
    status: 429,
    grpc: Grpc.RESOURCE_EXHAUSTED,
    advice: 'Open the stream again with the last id that you received, and read it faster, or ask for fewer types.',
  },
  'stream-stopped': {
    title: 'This instance of the gateway ends its event streams',
    status: 503,
    grpc: Grpc.UNAVAILABLE,
    advice: 'Open the stream again with the last id that you received.',
  },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemKind = keyof typeof PROBLEMS;

export const PROBLEM_KINDS = Object.keys(PROBLEMS) as ProblemKind[];

/** RFC 9457 `type`. It is a URN, because callers compare it and never fetch it. */
export function problemType<Kind extends ProblemKind>(kind: Kind): `urn:ocpp-gw:problem:${Kind}` {
  return `urn:ocpp-gw:problem:${kind}`;
}

export function problemDefinition(kind: ProblemKind): ProblemDefinition {
  return PROBLEMS[kind];
}
