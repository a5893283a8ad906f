import compression from 'compression';
import { json, type NextFunction, type RequestHandler, type Response } from 'express';
import { isTracing, requestId } from '@ocpp-gw/service-kit';
import { authenticate } from '../auth/authenticate.ts';
import type { RateLimit } from '../auth/rate-limit.ts';
import type { InboundTokens } from '../auth/tokens.ts';
import type { RestMetrics } from '../metrics.ts';
import { isTooDeep } from '../problems/input-faults.ts';
import { ProblemError, tooDeep } from '../problems/problem-error.ts';
import type { ApiRequest } from './request.ts';
import { traceRequests } from './trace-requests.ts';

/** Largest body that is accepted; a 1.6 local list of a thousand entries has about 100 KiB. */
const BODY_LIMIT = '1mb';

/**
 * What every request passes before its route, in order: its id, its span, its metrics, its token, its rate, its body. The token comes before
 * the body, so that a stranger's body is never parsed, and before routing, so that a stranger learns no routes.
 */
export function restMiddleware(parts: {
  tokens: InboundTokens;
  /** Null where nothing is limited. */
  rateLimit: RateLimit | null;
  metrics: RestMetrics;
  /** Paths served without a token. */
  open: (path: string) => boolean;
}): RequestHandler[] {
  return [
    compressed,
    identify,
    ...(isTracing() ? [traceRequests(parts.open)] : []),
    measure(parts.metrics),
    admit(parts),
    limit(parts.rateLimit),
    requireJson,
    jsonBody,
  ].map((handler) => handler as RequestHandler);
}

/** Answers are compressed with gzip or brotli, but not streams of events, of which each event must leave at once. */
const compressed = compression({
  filter: (request, response) =>
    !String(response.getHeader('Content-Type')).startsWith('text/event-stream') &&
    compression.filter(request, response),
});

function identify(request: ApiRequest, response: Response, next: NextFunction): void {
  const id = requestId(request);
  request.requestId = id;
  // pino-http reads the header again for its own lines.
  request.headers['x-request-id'] = id;
  response.setHeader('X-Request-Id', id);
  next();
}

function measure(metrics: RestMetrics) {
  return (request: ApiRequest, response: Response, next: NextFunction): void => {
    const end = metrics.requestSeconds.startTimer({ method: request.method });
    response.once('close', () => {
      // The label is the pattern of the route: paths would make a series for each charge point.
      const route = (request.route as { path?: unknown } | undefined)?.path;
      end({ route: typeof route === 'string' ? route : 'none', status: String(response.statusCode) });
    });
    next();
  };
}

function admit({ tokens, open }: { tokens: InboundTokens; open: (path: string) => boolean }) {
  return (request: ApiRequest, _response: Response, next: NextFunction): void => {
    if (!open(request.path)) request.caller = authenticate(tokens, request.headers.authorization);
    next();
  };
}

/** The headers are those of draft-ietf-httpapi-ratelimit-headers. */
function limit(rateLimit: RateLimit | null) {
  return ({ caller }: ApiRequest, response: Response, next: NextFunction): void => {
    if (!rateLimit || !caller) return next();
    const { isAllowed, left, resetS } = rateLimit.take(caller);
    response.setHeader('RateLimit-Policy', `"token";q=${rateLimit.perMinute};w=60`);
    response.setHeader('RateLimit', `"token";r=${left};t=${resetS}`);
    if (isAllowed) return next();
    response.setHeader('Retry-After', resetS);
    throw new ProblemError('rate-limited', {
      detail: `Wait ${resetS} s: your token may make ${rateLimit.perMinute} requests a minute.`,
    });
  };
}

function requireJson(request: ApiRequest, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !request.is('json')) throw new ProblemError('unsupported-media-type');
  next();
}

const parseJson = json({ limit: BODY_LIMIT, strict: false });

function jsonBody(request: ApiRequest, response: Response, next: NextFunction): void {
  parseJson(request, response, (error?: unknown) => {
    if (error) next(bodyProblem(error));
    else next(isTooDeep(request.body) ? tooDeep() : undefined);
  });
}

/** The body parser names the kind of its error in `type`. */
function bodyProblem(error: unknown): ProblemError {
  const { type, message } = error as { type?: string; message?: string };
  if (type === 'entity.parse.failed')
    return new ProblemError('malformed-json', { detail: `Send a body that is one valid JSON value (${message}).` });
  if (type === 'entity.too.large') return new ProblemError('body-too-large');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new ProblemError('unsupported-media-type', { detail: 'Send UTF-8 JSON, plain or gzip, deflate or br.' });
  // The client went away, or its Content-Length was wrong.
  return new ProblemError('bad-request', { detail: `The body cannot be read: ${message}.`, cause: error });
}
