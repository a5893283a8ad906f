import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject, UseFilters, UseGuards } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { gateway, type Command } from '@ocpp-gw/contracts';
import { RequireScope, ScopeGuard } from '../auth/scope.guard.ts';
import { CommandDispatch, type Answered } from '../commands/command-dispatch.ts';
import { nextRemoteStartId } from '../commands/remote-start-id.ts';
import * as requests from '../commands/requests.ts';
import { contextOf, type Call } from './call.ts';
import { commandTimeoutMs } from './deadline.ts';
import { GrpcProblemFilter } from './problem.filter.ts';
import { GATEWAY_SERVICE } from './proto.ts';
import { given, readRequest } from './read-request.ts';

const RESET_TYPES: Readonly<Record<number, string>> = {
  [gateway.ResetType.RESET_TYPE_SOFT]: 'soft',
  [gateway.ResetType.RESET_TYPE_HARD]: 'hard',
};

type Sent = Answered & { requestId: string };

/** The gRPC door: the same commands as REST. */
@RequireScope('command')
@UseGuards(ScopeGuard)
@UseFilters(GrpcProblemFilter)
@Controller()
export class GatewayController {
  constructor(@Inject(CommandDispatch) private readonly commands: CommandDispatch) {}

  @GrpcMethod(GATEWAY_SERVICE, 'RemoteStart')
  async remoteStart(
    message: gateway.RemoteStartRequest,
    _metadata: Metadata,
    call: Call,
  ): Promise<gateway.RemoteStartResponse> {
    const request = readRequest(requests.remoteStartRequest, {
      id_token: message.idToken,
      id_token_type: given(message.idTokenType),
      evse_id: given(message.evseId),
      remote_start_id: given(message.remoteStartId),
      timeout_s: given(message.timeoutSeconds),
    });
    const command = requests.toRemoteStart(request, nextRemoteStartId());
    const { result, requestId } = await this.send(call, message.cpId, command, request.timeout_s);
    const running = result.payload['transactionId'];
    return {
      status: result.status ?? '',
      requestId,
      remoteStartId: command.remoteStartId,
      transactionId: typeof running === 'string' ? running : '',
    };
  }

  @GrpcMethod(GATEWAY_SERVICE, 'RemoteStop')
  async remoteStop(
    message: gateway.RemoteStopRequest,
    _metadata: Metadata,
    call: Call,
  ): Promise<gateway.RemoteStopResponse> {
    const request = readRequest(requests.remoteStopRequest, {
      transaction_id: message.transactionId,
      timeout_s: given(message.timeoutSeconds),
    });
    return statusOf(await this.send(call, message.cpId, requests.toRemoteStop(request), request.timeout_s));
  }

  @GrpcMethod(GATEWAY_SERVICE, 'Reset')
  async reset(message: gateway.ResetRequest, _metadata: Metadata, call: Call): Promise<gateway.ResetResponse> {
    const request = readRequest(requests.resetRequest, {
      type: RESET_TYPES[message.type],
      evse_id: given(message.evseId),
      timeout_s: given(message.timeoutSeconds),
    });
    return statusOf(await this.send(call, message.cpId, requests.toReset(request), request.timeout_s));
  }

  @GrpcMethod(GATEWAY_SERVICE, 'ChangeAvailability')
  async changeAvailability(
    message: gateway.ChangeAvailabilityRequest,
    _metadata: Metadata,
    call: Call,
  ): Promise<gateway.ChangeAvailabilityResponse> {
    const request = readRequest(requests.changeAvailabilityRequest, {
      operative: message.operative,
      evse_id: given(message.evseId),
      connector_id: given(message.connectorId),
      timeout_s: given(message.timeoutSeconds),
    });
    return statusOf(await this.send(call, message.cpId, requests.toChangeAvailability(request), request.timeout_s));
  }

  @GrpcMethod(GATEWAY_SERVICE, 'Call')
  async call(message: gateway.CallRequest, _metadata: Metadata, call: Call): Promise<gateway.CallResponse> {
    const request = readRequest(requests.genericCallRequest, {
      action: message.action,
      payload: message.payload ?? {},
      timeout_s: given(message.timeoutSeconds),
    });
    const command: Command = { kind: 'Call', action: request.action, payload: request.payload };
    const { result, requestId } = await this.send(call, message.cpId, command, request.timeout_s);
    return { payload: result.payload, requestId };
  }

  private async send(call: Call, charger: string, command: Command, timeoutSeconds: number): Promise<Sent> {
    const { cp_id: target } = readRequest(requests.addressed, { cp_id: charger });
    const timeoutMs = commandTimeoutMs({ timeoutSeconds, deadline: call.getDeadline(), now: Date.now() });
    const context = contextOf(call);
    return { ...(await this.commands.send(target, command, { ...context, timeoutMs })), requestId: context.requestId };
  }
}

function statusOf({ result, requestId }: Sent): { status: string; requestId: string } {
  return { status: result.status ?? '', requestId };
}
