import { Inject, SetMetadata, applyDecorators, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Metadata } from '@grpc/grpc-js';
import { ApiSecurity } from '@nestjs/swagger';
import { HealthController } from '@ocpp-gw/service-kit';
import type { Call } from '../grpc/call.ts';
import type { ApiRequest } from '../rest/request.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { authenticate, authorize } from './authenticate.ts';
import type { Scope } from './scope.ts';
import { InboundTokens, type Caller } from './tokens.ts';

const SCOPE = 'scope';

/** The scope that a handler, or each handler of a controller, needs. */
export const RequireScope = (scope: Scope): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(SCOPE, scope), ApiSecurity('bearer', [scope]));

export function scopeOf(target: object): Scope | undefined {
  return Reflect.getMetadata(SCOPE, target) as Scope | undefined;
}

/** Refuses requests of REST and gRPC whose token lacks the scope of the handler. A handler without a scope refuses all. */
export class ScopeGuard implements CanActivate {
  constructor(@Inject(InboundTokens) private readonly tokens: InboundTokens) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getClass() === HealthController) return true;
    const scope = scopeOf(context.getHandler()) ?? scopeOf(context.getClass());
    if (!scope)
      throw new ProblemError('internal-error', { cause: new Error(`${context.getHandler().name} has no scope`) });
    const caller = context.getType() === 'rpc' ? this.ofCall(context) : this.ofRequest(context);
    authorize(caller, scope);
    return true;
  }

  private ofCall(context: ExecutionContext): Caller {
    const [, metadata, call] = context.getArgs<[object, Metadata, Call]>();
    call.caller = authenticate(this.tokens, metadata.get('authorization')[0]?.toString());
    return call.caller;
  }

  private ofRequest(context: ExecutionContext): Caller {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    // The middleware has set the caller before the body was read.
    return request.caller ?? authenticate(this.tokens, request.headers.authorization);
  }
}
