import type { Command, CommandOutcome, OnlineEntry } from '@ocpp-gw/contracts';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { resultOrProblem, type ResultOutcome } from '../problems/from-outcome.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { checkCall } from './check-call.ts';

export interface DispatchOptions {
  timeoutMs: number;
  /** Of the request that asks, for the log. */
  requestId: string;
  /** Name of the token that asks, for the log. */
  caller: string;
  traceparent?: string;
  /** Aborted when the caller goes away: a command that still waits is not sent any more. */
  gone: AbortSignal;
}

/** The charger's answer. */
export interface Answered {
  /** Identifies the command on the bus, and in the edge's log. */
  commandId: string;
  result: ResultOutcome;
}

export interface DispatchParts {
  chargePoints: { find(cpId: string): Promise<ChargePointRecord | null> };
  registry: { get(cpId: string): Promise<OnlineEntry | null> };
  bus: {
    send(
      cpId: string,
      command: Command,
      options: { timeoutMs: number; pod?: string; traceparent?: string; gone?: AbortSignal },
    ): Promise<{ requestId: string; outcome: CommandOutcome }>;
  };
  logger: Logger;
  /** Called with the outcome of each command. */
  observe: (command: string, outcome: CommandOutcome['kind'], seconds: number) => void;
}

/** Sends commands to chargers wherever they are connected, for REST and gRPC. */
export class CommandDispatch {
  constructor(private readonly parts: DispatchParts) {}

  /** @throws ProblemError for every end but the charger's answer. */
  async send(cpId: string, command: Command, options: DispatchOptions): Promise<Answered> {
    const startedAt = performance.now();
    const { target, protocol, pod } = await this.locate(cpId);
    const settle = (outcome: CommandOutcome, commandId?: string): ResultOutcome =>
      this.settle(outcome, { command, target, startedAt, options, commandId });

    const refusal = command.kind === 'Call' && protocol ? checkCall(protocol, command) : undefined;
    if (refusal) settle(refusal);
    const { requestId: commandId, outcome } = await this.parts.bus.send(target, command, {
      timeoutMs: options.timeoutMs,
      pod,
      traceparent: options.traceparent,
      gone: options.gone,
    });
    return { commandId, result: settle(outcome, commandId) };
  }

  private settle(outcome: CommandOutcome, about: Attempt): ResultOutcome {
    const { command, options } = about;
    const seconds = (performance.now() - about.startedAt) / 1000;
    this.parts.observe(command.kind, outcome.kind, seconds);
    this.parts.logger.info('command ended', {
      cpId: about.target,
      requestId: options.requestId,
      commandId: about.commandId,
      caller: options.caller,
      action: command.kind === 'Call' ? command.action : command.kind,
      outcome: outcome.kind,
      durationMs: Math.round(seconds * 1000),
    });
    const result = resultOrProblem(outcome);
    if (result instanceof ProblemError) throw result;
    return result;
  }

  /** A charger that is let in unregistered has a connection and no row; one that is away has a row only. */
  private async locate(cpId: string): Promise<{ target: string; protocol: string | null; pod: string | undefined }> {
    const chargePoint = await this.parts.chargePoints.find(cpId);
    const target = chargePoint?.cpId ?? cpId;
    const online = await this.parts.registry.get(target);
    if (!chargePoint && !online) throw new ProblemError('charge-point-not-found');
    return { target, protocol: online?.protocol ?? chargePoint?.protocol ?? null, pod: online?.pod };
  }
}

interface Attempt {
  command: Command;
  target: string;
  startedAt: number;
  options: DispatchOptions;
  commandId: string | undefined;
}
