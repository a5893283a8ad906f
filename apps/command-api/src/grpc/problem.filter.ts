import { Metadata, type ServiceError } from '@grpc/grpc-js';
import { Catch, Inject, type ArgumentsHost, type RpcExceptionFilter } from '@nestjs/common';
import { LOGGER, type Logger } from '@ocpp-gw/service-kit';
import { throwError, type Observable } from 'rxjs';
import { problemFromError } from '../problems/from-error.ts';
import type { ProblemError } from '../problems/problem-error.ts';
import { problemDefinition, problemType } from '../problems/registry.ts';
import { requestIdOf } from './call.ts';
import { statusDetails } from './status-details.ts';

/** Renders every error of the gRPC API as a status. The trailers hold the problem for programs. */
@Catch()
export class GrpcProblemFilter implements RpcExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    const problem = problemFromError(error);
    const requestId = requestIdOf(host.switchToRpc().getContext<Metadata>());
    const { status } = problemDefinition(problem.kind);
    const fields = { requestId, problem: problem.kind };
    if (status === 500) this.logger.error('grpc call failed', { ...fields, err: problem.cause });
    else if (status === 503) this.logger.warn('grpc call failed', { ...fields, err: problem.cause });
    else this.logger.info('grpc call refused', fields);
    const rendered = renderStatus(problem, requestId);
    return throwError(() => rendered);
  }
}

/** Fields that have another name in messages than in bodies. */
const RENAMED: Readonly<Record<string, string>> = { '/timeout_s': '/timeout_seconds' };

/** Converts a problem into the error that grpc-js sends. */
function renderStatus(
  problem: ProblemError,
  requestId: string,
): Pick<ServiceError, 'code' | 'details' | 'metadata' | 'message'> {
  const metadata = new Metadata();
  metadata.set('x-request-id', requestId);
  metadata.set('problem-type', problemType(problem.kind));
  const faults = (problem.errors ?? []).map(
    ({ pointer = '', parameter, message }) => `${parameter ?? RENAMED[pointer] ?? pointer}: ${message}`,
  );
  const { title, grpc } = problemDefinition(problem.kind);
  const details = [`${title}. ${problem.detail}`, ...faults].join('\n');
  metadata.set('grpc-status-details-bin', statusDetails(problem, { message: details, requestId }));
  return { code: grpc, details, message: details, metadata };
}
