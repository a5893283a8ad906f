import { status as Grpc } from '@grpc/grpc-js';
import type { ProblemDefinitions } from '../definition.ts';

/** What is wrong with the request itself, and who may make it. */
export const REQUEST_PROBLEMS = {
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
  'method-not-allowed': {
    title: 'The route has no such method',
    status: 405,
    grpc: Grpc.UNIMPLEMENTED,
    advice: 'Use a method of the Allow header.',
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
  'dependency-unavailable': {
    title: 'A dependency is unavailable',
    status: 503,
    grpc: Grpc.UNAVAILABLE,
    advice: 'Try again shortly.',
    retryAfterS: 5,
    example: { dependency: 'redis' },
  },
} as const satisfies ProblemDefinitions;
