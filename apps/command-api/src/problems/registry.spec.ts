import { status as Grpc } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { PROBLEM_KINDS, problemDefinition, problemType } from './registry.ts';

/** The status of a gRPC answer by that of its REST twin (proto/ocpp_gw/v1/gateway.proto). */
const TWINS: Readonly<Record<number, readonly Grpc[]>> = {
  400: [Grpc.INVALID_ARGUMENT],
  401: [Grpc.UNAUTHENTICATED],
  403: [Grpc.PERMISSION_DENIED],
  404: [Grpc.NOT_FOUND, Grpc.UNIMPLEMENTED],
  405: [Grpc.UNIMPLEMENTED],
  409: [Grpc.FAILED_PRECONDITION],
  410: [Grpc.OUT_OF_RANGE],
  412: [Grpc.FAILED_PRECONDITION],
  413: [Grpc.RESOURCE_EXHAUSTED],
  415: [Grpc.INVALID_ARGUMENT],
  422: [Grpc.INVALID_ARGUMENT],
  429: [Grpc.RESOURCE_EXHAUSTED],
  431: [Grpc.RESOURCE_EXHAUSTED],
  499: [Grpc.CANCELLED],
  500: [Grpc.INTERNAL],
  502: [Grpc.ABORTED],
  503: [Grpc.UNAVAILABLE, Grpc.ABORTED],
  504: [Grpc.DEADLINE_EXCEEDED],
};

describe('the registry of problems', () => {
  it.each(PROBLEM_KINDS)('gives %s a title, what to do, and statuses that agree', (kind) => {
    const { title, advice, status, grpc } = problemDefinition(kind);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(advice).toMatch(/\.$/);
    expect(TWINS[status]).toContain(grpc);
  });

  // A published type is a promise: adding to this list is fine, changing it is not.
  it('keeps every type that was ever published', () => {
    expect(PROBLEM_KINDS.map(problemType).sort()).toEqual(
      [
        'answer-lost',
        'answer-timeout',
        'bad-request',
        'body-too-large',
        'bulk-command-not-found',
        'call-error',
        'charge-point-disconnected',
        'charge-point-moved',
        'charge-point-not-accepted',
        'charge-point-not-found',
        'charge-point-offline',
        'charge-point-silent',
        'command-cancelled',
        'command-expired',
        'command-not-found',
        'command-running',
        'dependency-unavailable',
        'events-gone',
        'headers-too-large',
        'idempotency-key-reused',
        'internal-error',
        'invalid-answer',
        'invalid-body',
        'invalid-parameter',
        'invalid-payload',
        'malformed-json',
        'method-not-allowed',
        'no-tokens-configured',
        'not-supported',
        'not-taken',
        'precondition-failed',
        'rate-limited',
        'report-not-found',
        'route-not-found',
        'scope-missing',
        'stream-stopped',
        'stream-too-slow',
        'token-missing',
        'token-unknown',
        'too-many-streams',
        'transaction-conflict',
        'transaction-not-found',
        'unsupported-media-type',
        'too-many-webhooks',
        'webhook-configured',
        'webhook-delivery-not-dead',
        'webhook-delivery-not-found',
        'webhook-exists',
        'webhook-not-found',
        'webhook-test-unanswered',
      ]
        .map((kind) => `urn:ocpp-gw:problem:${kind}`)
        .sort(),
    );
  });
});
