import { status as Grpc } from '@grpc/grpc-js';
import type { ProblemDefinitions } from '../definition.ts';

/** A command that the charge point has not answered, or answered with an error. */
export const COMMAND_PROBLEMS = {
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
    example: { code: 'not_accepted' },
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
    example: { code: 'queue_full' },
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
} as const satisfies ProblemDefinitions;
