import {
  COMMAND_BUS_VERSION,
  COMMAND_CEILING_MS,
  type Command,
  type CommandEnvelope,
  type CommandOutcome,
  type RefusalCode,
} from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { randomUUID } from 'node:crypto';
import type { EdgeMetrics } from '../metrics.ts';
import type { CallEnd } from '../session/outbound-lane.ts';
import type { Session } from '../session/session.ts';
import type { StationCommit } from '../session/station-commit.ts';
import { askedFor } from './asked-for.ts';
import { CommandMirror, type SentCall } from './command-mirror.ts';
import { registrationObjection } from './registration-gate.ts';

/** Epoch in an answer that no connection gave. */
const NO_CONNECTION = 0;

export interface CommandAnswer {
  epoch: number;
  outcome: CommandOutcome;
}

export interface CommandDeskOptions {
  session: (cpId: string) => Session | undefined;
  /** Tells how a command ended; best effort, never rejects. */
  record: (session: Session, requestId: string, action: string, outcome: CommandOutcome) => void;
  commit: StationCommit;
  metrics: EdgeMetrics;
  logger: Logger;
}

/** Carries out the commands that reach this pod: intent in, CALL to the charger, outcome back. */
export class CommandDesk {
  private readonly options: CommandDeskOptions;
  private readonly mirror: CommandMirror;

  constructor(options: CommandDeskOptions) {
    this.options = options;
    this.mirror = new CommandMirror(options);
  }

  /** `gone`: see CommandOwnerOptions. */
  async carryOut({ cpId, requestId, command, deadline }: CommandEnvelope, gone?: AbortSignal): Promise<CommandAnswer> {
    const session = this.options.session(cpId);
    // The charger left between the caller's PUBLISH and now.
    if (!session) return { epoch: NO_CONNECTION, outcome: { kind: 'offline' } };
    const startedAt = performance.now();
    const { action, outcome } = await this.ask(session, command, deadline, gone);
    const { protocol } = session.peer;
    this.options.metrics.outboundCalls.observe(
      { protocol: protocol.dialect.subprotocol, action: labelOf(session, command, action), outcome: outcome.kind },
      (performance.now() - startedAt) / 1000,
    );
    this.options.logger.info('command carried out', { cpId, requestId, action, outcome: outcome.kind });
    this.options.record(session, requestId, action, outcome);
    return { epoch: session.epoch ?? NO_CONNECTION, outcome };
  }

  /** Carries out what a decision wants asked of the charger (docs/adr/0018), one after the other. Never rejects. */
  async followUp({ peer: { cpId } }: Session, commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      const requestId = randomUUID();
      const deadline = Date.now() + COMMAND_CEILING_MS;
      const envelope: CommandEnvelope = { v: COMMAND_BUS_VERSION, type: 'command', requestId, cpId, deadline, command };
      try {
        const { outcome } = await this.carryOut(envelope);
        if (outcome.kind === 'result') continue;
        this.options.logger.warn('charger did not take what followed its answer', { cpId, requestId, outcome });
      } catch (err) {
        this.options.logger.error('what follows an answer could not be asked', { cpId, requestId, err });
      }
    }
  }

  /** `action` is the CALL's, or the command's own name where it never became one. */
  private async ask(
    session: Session,
    command: Command,
    deadline: number,
    gone: AbortSignal | undefined,
  ): Promise<{ action: string; outcome: CommandOutcome }> {
    const { protocol, tolerance } = session.peer;
    const asked = command.kind === 'Call' ? command.action : command.kind;
    if (session.draining) return { action: asked, outcome: DRAINING };
    const translated = protocol.translate(command);
    if (!translated.ok) return { action: asked, outcome: untranslated(session, translated) };
    const { action } = translated;
    const objection = registrationObjection(session.registration, tolerance, action);
    if (objection !== null) return { action, outcome: refused('NotAccepted', objection) };
    const request = protocol.validateRequest(action, translated.payload, 'strict');
    if (!request.ok) return { action, outcome: { kind: 'invalidPayload', action, errors: request.faults } };
    const sent = { action, payload: request.payload, command, sentAt: new Date() };
    if (!(await this.mirror.before(session, sent))) return { action, outcome: NOT_WRITTEN };
    const end = await session.call(action, request.payload, deadline, gone);
    return { action, outcome: await this.outcomeOf(session, command, sent, end) };
  }

  private async outcomeOf(session: Session, command: Command, sent: SentCall, end: CallEnd): Promise<CommandOutcome> {
    const { action } = sent;
    switch (end.kind) {
      case 'result':
        return this.readResult(session, command, sent, end.payload);
      case 'callerror': {
        const { code, description, details } = end;
        return {
          kind: 'callerror',
          action,
          code: session.peer.protocol.dialect.errorCodes[code],
          description,
          details,
        };
      }
      case 'timeout':
        void end.late.then((answer) => this.mirrorLate(session, sent, answer));
        return { kind: 'timeout', action };
      case 'expired':
        return { kind: 'expired' };
      case 'cancelled':
        return { kind: 'cancelled' };
      case 'disconnected':
        return { kind: 'disconnected', action, sent: end.sent };
      case 'full':
        return refused('QueueFull', 'too many commands wait for this charger already; try again later');
    }
  }

  /** The caller has been told that no answer came; what the charger took is mirrored all the same. */
  private async mirrorLate(session: Session, sent: SentCall, answered: unknown): Promise<void> {
    const { protocol, cpId } = session.peer;
    const { action } = sent;
    const result = protocol.validateResponse(action, answered, 'lenient');
    this.options.logger.info('charger answered a command after its deadline', { cpId, action, valid: result.ok });
    if (result.ok) await this.taken(session, sent, result.payload);
  }

  /** What was asked for may come in the very next frame, before anything is written. */
  private taken(session: Session, sent: SentCall, answer: Record<string, unknown>): Promise<void> {
    for (const action of askedFor(sent.action, sent.payload, answer)) session.asked.add(action);
    return this.mirror.answered(session, sent, answer);
  }

  private async readResult(
    session: Session,
    command: Command,
    sent: SentCall,
    answered: unknown,
  ): Promise<CommandOutcome> {
    const { action } = sent;
    const { protocol, cpId } = session.peer;
    // Never refused to the charger: notes 2.4, a bad CALLRESULT is answered with nothing.
    const result = protocol.validateResponse(action, answered, 'lenient');
    if (!result.ok) {
      this.options.logger.warn('charger answered a command with an invalid result', {
        cpId,
        action,
        reason: result.description,
      });
      return { kind: 'invalidResult', action, reason: result.description, payload: answered };
    }
    for (const rule of result.deviations) session.note(rule, action);
    const { payload } = result;
    await this.taken(session, sent, payload);
    const status = protocol.readStatus(command, payload);
    const answer = protocol.readAnswer(command, payload);
    return {
      kind: 'result',
      action,
      payload,
      ...(status === undefined ? {} : { status }),
      ...(answer === undefined ? {} : { answer }),
    };
  }
}

function untranslated(session: Session, translation: Extract<Translation, { ok: false }>): CommandOutcome {
  return translation.kind === 'notSupported'
    ? { kind: 'notSupported', protocol: session.peer.protocol.dialect.subprotocol, reason: translation.reason }
    : { kind: 'invalidPayload', action: translation.action, errors: translation.errors };
}

/** Callers of the generic command may name any action; a label may not. */
function labelOf(session: Session, command: Command, action: string): string {
  return action === command.kind || session.peer.protocol.knownActions.has(action) ? action : 'other';
}

function refused(code: RefusalCode, reason: string): CommandOutcome {
  return { kind: 'refused', code, reason };
}

const DRAINING = refused('Draining', 'the instance that holds the charger is shutting down; try again');

const NOT_WRITTEN = refused(
  'Internal',
  'what the command changes cannot be written now, so it was not sent; try again',
);
