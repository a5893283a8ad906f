import { startSpan } from '@ocpp-gw/service-kit';
import type { NextFunction, Response } from 'express';
import type { ApiRequest } from './request.ts';

const SERVER_ERROR = 500;

/**
 * Gives each request a span, in the trace of its caller if there is one. The span is named by the route, because paths would make a name
 * for each charge point, and may hold an id token.
 * @param skipped paths without a span
 */
export function traceRequests(skipped: (path: string) => boolean) {
  return (request: ApiRequest, response: Response, next: NextFunction): void => {
    if (skipped(request.path)) return next();
    const { method, requestId } = request;
    const parent = request.headers['traceparent'];
    const span = startSpan({
      name: method,
      kind: 'server',
      parent: typeof parent === 'string' ? parent : null,
      attributes: { 'http.request.method': method, 'ocpp.request_id': requestId },
    });
    if (!span) return next();
    response.once('close', () => {
      const { statusCode } = response;
      const path = (request.route as { path?: unknown } | undefined)?.path;
      if (typeof path === 'string') span.rename(`${method} ${path}`);
      const cpId = request.params?.['cp_id'];
      span.set({
        'http.response.status_code': statusCode,
        ...(typeof path === 'string' && { 'http.route': path }),
        ...(typeof cpId === 'string' && { 'ocpp.cp_id': cpId }),
      });
      if (statusCode >= SERVER_ERROR) span.failed(String(statusCode));
      span.end();
    });
    span.run(next);
  };
}
