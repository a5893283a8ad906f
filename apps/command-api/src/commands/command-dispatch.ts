import { masked, type Command, type CommandOutcome, type OnlineEntry } from '@ocpp-gw/contracts';
import type { ChargePointRecord, CommandRecord, Commands, UnownedEnd } from '@ocpp-gw/persistence';
import { RedisUnavailableError, actionOf, type CommandCaller } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { problemFromError } from '../problems/from-error.ts';
import { resultOrProblem, type ResultOutcome } from '../problems/from-outcome.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { checkCall } from './check-call.ts';
import { KeyedEnd } from './keyed-end.ts';
import { nextId } from './next-id.ts';
import { bodyHash, type Order } from './order.ts';
import { outcomeOf } from './outcome.ts';

export interface DispatchOptions {
  timeoutMs: number;
  /** X-Request-Id of the request that asks. */
  requestId: string;
  /** Name of the token that asks. */
  caller: string;
  traceparent?: string;
  /** Aborted when the caller goes away: a command that still waits is not sent any more, unless the caller can ask again. */
  gone: AbortSignal;
  /** The same key of the same caller means the same command for 24 hours. */
  idempotencyKey?: string;
  /** The caller does not wait for the end. */
  isAsync?: boolean;
}

/** The charger's answer. */
export interface Answered {
  commandId: string;
  result: ResultOutcome;
  /** The request with the ids that the gateway made. */
  request: Readonly<Record<string, unknown>>;
}

/** A command that is durable. */
export interface Started {
  commandId: string;
  /** Rejects with a ProblemError for every end but the charger's answer. */
  end: Promise<Answered>;
}

export interface DispatchParts {
  chargePoints: { find(cpId: string): Promise<ChargePointRecord | null> };
  registry: { get(cpId: string): Promise<OnlineEntry | null> };
  commands: Pick<Commands, 'begin' | 'ofKey' | 'get' | 'end' | 'endUntaken'>;
  bus: Pick<CommandCaller, 'send' | 'attend'>;
  logger: Logger;
  /** Called with the outcome of each command. */
  observe: (command: string, outcome: CommandOutcome['kind'], seconds: number) => void;
}

interface Attempt {
  commandId: string;
  /** As in its route, or `call`. */
  name: string;
  command: Command;
  target: string;
  pod: string | undefined;
  request: Readonly<Record<string, unknown>>;
  startedAt: number;
  deadline: Date;
  options: DispatchOptions;
}

/** Sends commands to chargers wherever they are connected, for REST and gRPC. Each is a row before it is sent (docs/adr/0049). */
export class CommandDispatch {
  private readonly keyedEnd: KeyedEnd;

  constructor(private readonly parts: DispatchParts) {
    this.keyedEnd = new KeyedEnd(parts);
  }

  /** @throws ProblemError for every end but the charger's answer. */
  async send(order: Order, options: DispatchOptions): Promise<Answered> {
    return (await this.start(order, options)).end;
  }

  /**
   * Resolves once the command is durable: a new one, or the one that the same key has made.
   * @throws ProblemError when there is no command
   */
  async start(order: Order, options: DispatchOptions): Promise<Started> {
    const startedAt = performance.now();
    const { caller, idempotencyKey: key } = options;
    const known = key === undefined ? null : await this.parts.commands.ofKey(caller, key);
    if (known) return this.again(known, order, options);

    const made = order.made === undefined ? {} : { [order.made]: order.request[order.made] ?? nextId() };
    const request = { ...order.request, ...made };
    const command = order.toCommand(request);
    const faults = (await order.faults?.(command)) ?? [];
    if (faults.length > 0) throw new ProblemError('invalid-body', { errors: faults });
    const { target, protocol, pod } = await this.locate(order.cpId);
    const refusal = command.kind === 'Call' && protocol ? checkCall(protocol, command) : undefined;
    const commandId = uuidv7();
    const deadline = new Date(Date.now() + options.timeoutMs);
    const attempt: Attempt = {
      commandId,
      name: order.name,
      command,
      target,
      pod,
      request,
      startedAt,
      deadline,
      options,
    };
    if (refusal) this.settle(refusal, attempt);
    const raced = await this.parts.commands.begin({
      commandId,
      cpId: target,
      command: order.name,
      ...(order.action === undefined ? {} : { action: order.action }),
      request: masked(request) as Record<string, unknown>,
      caller,
      requestId: options.requestId,
      deadline,
      ...(key === undefined ? {} : { idempotency: { key, bodyHash: bodyHash(order) } }),
    });
    return raced ? this.again(raced, order, options) : { commandId, end: this.carryOut(attempt) };
  }

  private async carryOut(attempt: Attempt): Promise<Answered> {
    const outcome = await this.sendOnce(attempt);
    return { commandId: attempt.commandId, result: this.settle(outcome, attempt), request: attempt.request };
  }

  /** A command that can be asked for again is sent even if its caller goes away. */
  private async sendOnce(attempt: Attempt): Promise<CommandOutcome> {
    const { commandId, command, target, pod, deadline, options } = attempt;
    const { idempotencyKey, isAsync = false, traceparent, gone, requestId, caller } = options;
    const repeatable = idempotencyKey !== undefined;
    const end = { commandId, asked: actionOf(command), traceparent };
    try {
      const { outcome, recorded } = await this.parts.bus.send(target, command, {
        commandId,
        deadline: deadline.getTime(),
        pod,
        traceparent,
        origin: { requestId, caller },
        ...(repeatable ? { once: true } : {}),
        ...(repeatable || isAsync ? {} : { gone }),
      });
      if (recorded) return outcome;
      if (repeatable) return await this.keyedEnd.of({ ...end, at: new Date(), outcome }, deadline);
      await this.record({ ...end, at: new Date(), outcome });
      return outcome;
    } catch (error) {
      // The same key sends it later, up to its deadline.
      if (error instanceof RedisUnavailableError && !repeatable)
        await this.record({
          ...end,
          at: new Date(),
          outcome: { kind: 'refused', code: 'internal', reason: 'Redis was away' },
        });
      throw named(problemFromError(error), commandId);
    }
  }

  /** The command that was asked for before with the same key. */
  private again(known: CommandRecord, order: Order, options: DispatchOptions): Started {
    const { commandId } = known;
    if (known.bodyHash !== bodyHash(order)) throw named(new ProblemError('idempotency-key-reused'), commandId);
    return { commandId, end: this.endOf(known, order, options) };
  }

  private async endOf(known: CommandRecord, order: Order, options: DispatchOptions): Promise<Answered> {
    const { commandId, cpId: target, deadline } = known;
    const made = order.made === undefined ? {} : { [order.made]: known.request[order.made] };
    const request = { ...order.request, ...made };
    const startedAt = performance.now();
    const command = order.toCommand(request);
    const until = Math.min(Date.now() + options.timeoutMs, deadline.getTime());
    const failed = (error: unknown): never => {
      throw named(problemFromError(error), commandId);
    };
    let sending: Promise<unknown> | undefined;
    const look = async (): Promise<CommandRecord | null> => {
      const now = await this.parts.commands.get(commandId);
      if (now?.endedAt) return now;
      if (now?.state !== 'queued' || now.takenAt) return null;
      // Whoever made it may have died before it was sent; a pod takes it once, however often it is sent.
      const { pod } = await this.locate(target);
      sending = this.sendOnce({
        commandId,
        name: order.name,
        command,
        target,
        pod,
        request,
        startedAt,
        deadline,
        options,
      });
      // The reply to whoever sent it first may come before this one is answered.
      sending.catch(() => undefined);
      return null;
    };
    const ended = known.endedAt
      ? known
      : await this.parts.bus.attend(commandId, Math.max(0, until - Date.now()), look, () => sending).catch(failed);
    const last = ended ?? (await this.keyedEnd.written(commandId, until).catch(failed));
    if (!last) throw named(new ProblemError('command-running'), commandId);
    const result = resultOrProblem(outcomeOf(last), last.command);
    if (result instanceof ProblemError) throw named(result, commandId);
    return { commandId, result, request };
  }

  /** The end that no owner has written. */
  private async record(end: UnownedEnd): Promise<void> {
    try {
      await this.parts.commands.end(end);
    } catch (err) {
      const { commandId, outcome } = end;
      this.parts.logger.warn('the end of a command could not be written', { commandId, outcome: outcome.kind, err });
    }
  }

  private settle(outcome: CommandOutcome, attempt: Attempt): ResultOutcome {
    const { command, commandId, target, options } = attempt;
    const seconds = (performance.now() - attempt.startedAt) / 1000;
    this.parts.observe(command.kind, outcome.kind, seconds);
    this.parts.logger.info('command ended', {
      cpId: target,
      requestId: options.requestId,
      commandId,
      caller: options.caller,
      action: actionOf(command),
      outcome: outcome.kind,
      durationMs: Math.round(seconds * 1000),
    });
    const result = resultOrProblem(outcome, attempt.name);
    if (result instanceof ProblemError) throw named(result, commandId);
    return result;
  }

  /** A charger that is let in unregistered has a connection and no row; one that is away has a row only. */
  private async locate(cpId: string): Promise<{ target: string; protocol: string | null; pod: string | undefined }> {
    const chargePoint = await this.parts.chargePoints.find(cpId);
    if (chargePoint?.retiredAt)
      throw new ProblemError('charge-point-offline', {
        detail: 'The charge point is retired. Nothing was sent. Restore it, and send the command once it is connected.',
      });
    const target = chargePoint?.cpId ?? cpId;
    const online = await this.parts.registry.get(target);
    if (!chargePoint && !online) throw new ProblemError('charge-point-not-found');
    return { target, protocol: online?.protocol ?? chargePoint?.protocol ?? null, pod: online?.pod };
  }
}

/** The problem with the id of its command. */
function named({ kind, detail, errors, members, cause }: ProblemError, commandId: string): ProblemError {
  return new ProblemError(kind, {
    detail,
    ...(errors === undefined ? {} : { errors }),
    members: { ...members, command_id: commandId },
    cause,
  });
}
