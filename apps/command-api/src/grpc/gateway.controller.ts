import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject, UseFilters, UseGuards } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { gateway } from '@ocpp-gw/contracts';
import type { TransactionRecord } from '@ocpp-gw/persistence';
import { TransactionAdmin } from '../admin/transactions.ts';
import { RequireScope, ScopeGuard } from '../auth/scope.guard.ts';
import { addressed } from '../charge-point-id.ts';
import { CommandDispatch, type DispatchOptions } from '../commands/command-dispatch.ts';
import { DEFINITIONS, type CommandDefinition } from '../commands/definitions.ts';
import { genericCall, genericCallRequest, payload as callPayload } from '../commands/generic-call.ts';
import { readRequest } from '../commands/read-request.ts';
import { isTooDeep } from '../problems/input-faults.ts';
import { tooDeep } from '../problems/problem-error.ts';
import { TypedCommands } from '../commands/typed-commands.ts';
import { addressedTransaction, assignRequest, endRequest } from '../rest/transaction.schema.ts';
import { checkReadable, contextOf, type Call } from './call.ts';
import { MESSAGES, type MessagesOf } from './command-messages.ts';
import { commandTimeoutMs } from './deadline.ts';
import { GrpcProblemFilter } from './problem.filter.ts';
import { GATEWAY_SERVICE } from './proto.ts';

/** The commands as rpcs: the same as those of REST, with one rpc for each command of the table. */
@RequireScope('command')
@UseGuards(ScopeGuard)
@UseFilters(GrpcProblemFilter)
@Controller()
export class GatewayController {
  constructor(
    @Inject(TypedCommands) private readonly commands: TypedCommands,
    @Inject(CommandDispatch) private readonly dispatch: CommandDispatch,
    @Inject(TransactionAdmin) private readonly transactions: TransactionAdmin,
  ) {}

  async run(definition: CommandDefinition, messages: MessagesOf, message: object, call: Call): Promise<object> {
    checkReadable(message);
    const { cp_id: charger, ...fields } = messages.read(message);
    const request = readRequest(definition.request, fields);
    const { cp_id: cpId } = readRequest(addressed, { cp_id: charger });
    const options = optionsOf(call, request['timeout_s'] as number);
    return messages.write(await this.commands.run(definition, { cpId, request, options }));
  }

  @GrpcMethod(GATEWAY_SERVICE, 'Call')
  async call(message: gateway.CallRequest, _metadata: Metadata, call: Call): Promise<gateway.CallResponse> {
    checkReadable(message);
    const { action, timeout_s } = readRequest(genericCallRequest, {
      action: message.action,
      timeout_s: message.timeoutSeconds || undefined,
    });
    const payload = readRequest(callPayload, message.payload ?? {});
    if (isTooDeep(payload)) throw tooDeep();
    const { cp_id: cpId } = readRequest(addressed, { cp_id: message.cpId });
    const options = optionsOf(call, timeout_s);
    const { commandId, result } = await this.dispatch.send(genericCall(cpId, action, payload), options);
    return { payload: result.payload, requestId: options.requestId, commandId };
  }

  @GrpcMethod(GATEWAY_SERVICE, 'EndTransaction')
  @RequireScope('admin')
  async endTransaction(
    message: gateway.EndTransactionRequest,
    _metadata: Metadata,
    call: Call,
  ): Promise<gateway.EndTransactionResponse> {
    const about = readRequest(addressedTransaction, { cp_id: message.cpId, transaction_id: message.transactionId });
    const known = readRequest(endRequest, {
      ended_at: message.endedAt || undefined,
      meter_stop_wh: message.meterStopWh,
      reason: message.reason || undefined,
    });
    const ended = await this.transactions.end(about.cp_id, about.transaction_id, known, contextOf(call).caller);
    return { transaction: summary(ended) };
  }

  @GrpcMethod(GATEWAY_SERVICE, 'AssignTransaction')
  @RequireScope('admin')
  async assignTransaction(
    message: gateway.AssignTransactionRequest,
    _metadata: Metadata,
    call: Call,
  ): Promise<gateway.AssignTransactionResponse> {
    const about = readRequest(addressedTransaction, { cp_id: message.cpId, transaction_id: message.transactionId });
    const { to } = readRequest(assignRequest, { to: message.to });
    const ended = await this.transactions.assign(about.cp_id, about.transaction_id, to, contextOf(call).caller);
    return { transaction: summary(ended) };
  }
}

function summary(record: TransactionRecord): gateway.TransactionSummary {
  const { cpId, transactionId, state, revision, endInferred, energyWh, energyReason } = record;
  return {
    cpId,
    transactionId,
    state,
    revision,
    endInferred: endInferred ?? '',
    energyWh: energyWh ?? undefined,
    energyReason: energyReason ?? '',
  };
}

for (const definition of DEFINITIONS) addMethod(definition);

/** Does what a decorator on a method would do, because Nest reads the methods of a service only from a class. */
function addMethod(definition: CommandDefinition): void {
  const { kind } = definition;
  const controller = GatewayController.prototype;
  const messages = MESSAGES[kind];
  const property = {
    value(this: GatewayController, message: object, _metadata: Metadata, call: Call): Promise<object> {
      return this.run(definition, messages, message, call);
    },
    configurable: true,
    writable: true,
  };
  Object.defineProperty(controller, kind, property);
  GrpcMethod(GATEWAY_SERVICE, kind)(controller, kind, property);
}

function optionsOf(call: Call, timeoutSeconds: number): DispatchOptions {
  const timeoutMs = commandTimeoutMs({ timeoutSeconds, deadline: call.getDeadline(), now: Date.now() });
  return { ...contextOf(call), timeoutMs };
}
