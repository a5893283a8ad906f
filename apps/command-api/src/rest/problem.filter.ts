import { Catch, HttpException, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Application, Response } from 'express';
import { problemFromError } from '../problems/from-error.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { problemDefinition } from '../problems/registry.ts';
import { allowedMethods } from './allowed-methods.ts';
import { loggedUrl } from './logged-url.ts';
import { PROBLEM_MEDIA_TYPE, renderProblem } from './problem.schema.ts';
import type { ApiRequest } from './request.ts';

/** Renders every error of the REST API as application/problem+json (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  /** `errorsPage` is the path of the page that describes every problem; null where it is not served. */
  constructor(
    private readonly logger: Logger,
    private readonly errorsPage: string | null,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ApiRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    // The client has gone or the answer has begun, so no problem can be sent.
    if (response.headersSent) return void response.end();
    this.answer(
      error instanceof NotFoundException ? this.unrouted(request, response) : classify(error),
      request,
      response,
    );
  }

  private answer(problem: ProblemError, request: ApiRequest, response: Response): void {
    const { status, retryAfterS } = problemDefinition(problem.kind);
    const fields = {
      requestId: request.requestId,
      problem: problem.kind,
      method: request.method,
      path: loggedUrl(request.path),
    };
    if (status === 500) this.logger.error('request failed', { ...fields, err: problem.cause });
    else if (status === 503) this.logger.warn('request failed', { ...fields, err: problem.cause });
    // The access log starts after the token check, so refused tokens are logged here.
    else if (status === 401 || status === 403)
      this.logger.info('request refused', { ...fields, reason: problem.detail });
    else this.logger.debug('request refused', fields);
    // RFC 9110 section 11.6.1: a 401 names the scheme.
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="ocpp-gateway"');
    if (retryAfterS !== undefined) response.setHeader('Retry-After', retryAfterS);
    // RFC 8288: `type` stays a name that is compared, and the link leads to its description.
    if (this.errorsPage) response.setHeader('Link', `<${this.errorsPage}#${problem.kind}>; rel="help"`);
    const body = JSON.stringify(renderProblem(problem, request.requestId));
    response.status(status).setHeader('Content-Type', PROBLEM_MEDIA_TYPE).end(body);
  }

  /** Nest has no 405, so the methods of the path are looked up in the routes of Express. */
  private unrouted(request: ApiRequest, response: Response): ProblemError {
    const methods = allowedMethods(request.app as Application, request.path);
    if (methods.length === 0)
      return new ProblemError('route-not-found', {
        detail: `There is no ${request.path}. Check the path against the API description.`,
      });
    response.setHeader('Allow', methods.join(', '));
    return new ProblemError('method-not-allowed', {
      detail: `${request.path} has no ${request.method}; use ${methods.join(' or ')}.`,
    });
  }
}

/** Nest's own exceptions, such as the one for a broken percent-encoding in the path, have a status. */
function classify(error: unknown): ProblemError {
  if (!(error instanceof HttpException) || error.getStatus() >= 500) return problemFromError(error);
  return new ProblemError('bad-request', { detail: error.message, cause: error });
}
