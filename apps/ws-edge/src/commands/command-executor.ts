import { type Command, type CommandEnvelope, type CommandOutcome, type RefusalCode } from '@ocpp-gw/contracts';
import type { Translation, Validation } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { EdgeMetrics } from '../metrics.ts';
import type { CallEnd, Result, TakeAnswer } from '../session/outbound-queue.ts';
import type { ConnectionLog } from '../session/connection-log.ts';
import type { Session } from '../session/session.ts';
import type { StationCommit } from '../session/station-commit.ts';
import { inCallSpan } from '../tracing/outbound-call.ts';
import { askedFor } from './asked-for.ts';
import { CommandMirror, type SentCall } from './command-mirror.ts';
import { registrationObjection } from './registration-gate.ts';

/** The epoch in an answer that comes from no connection. */
const NO_CONNECTION = 0;

export interface CommandAnswer {
  epoch: number;
  outcome: CommandOutcome;
  /** The end is written. */
  recorded?: true;
}

export interface CommandExecutorOptions {
  session: (cpId: string) => Session | undefined;
  log: Pick<ConnectionLog, 'sent' | 'command'>;
  /** See `Commands.take`. */
  take: (commandId: string) => Promise<boolean>;
  commit: StationCommit;
  metrics: EdgeMetrics;
  logger: Logger;
}

/** Executes the commands that reach this pod: makes a CALL of each, sends it, and returns the outcome. */
export class CommandExecutor {
  private readonly mirror: CommandMirror;

  constructor(private readonly options: CommandExecutorOptions) {
    this.mirror = new CommandMirror(options);
  }

  /**
   * For `gone` see CommandOwnerOptions. Returns null when the command is carried out already, here or by another pod, whose
   * answer the caller gets.
   */
  async carryOut(envelope: CommandEnvelope, gone?: AbortSignal): Promise<CommandAnswer | null> {
    const session = this.options.session(envelope.cpId);
    // The charge point disconnected after the caller had sent the command.
    if (!session) return { epoch: NO_CONNECTION, outcome: { kind: 'offline' } };
    this.options.metrics.commandsRunning.inc();
    try {
      return await this.carryOutIn(session, envelope, gone);
    } finally {
      this.options.metrics.commandsRunning.dec();
    }
  }

  private async carryOutIn(
    session: Session,
    envelope: CommandEnvelope,
    gone: AbortSignal | undefined,
  ): Promise<CommandAnswer | null> {
    const { cpId, requestId: commandId, command, origin } = envelope;
    const startedAt = performance.now();
    const taking = envelope.once ? await this.take(envelope) : 'taken';
    if (taking === 'known') return null;
    // Another may have taken it, so its end is not written here.
    if (taking === 'failed') return { epoch: NO_CONNECTION, outcome: NOT_WRITTEN };
    const ended = await this.ask(session, envelope, gone);
    const { action, outcome } = ended;
    const { protocol } = session.peer;
    this.options.metrics.outboundCalls.observe(
      { protocol: protocol.dialect.subprotocol, action: labelOf(session, command, action), outcome: outcome.kind },
      (performance.now() - startedAt) / 1000,
    );
    this.options.logger.info('command carried out', {
      cpId,
      commandId,
      requestId: origin?.requestId,
      action,
      outcome: outcome.kind,
    });
    const recorded = await this.options.log.command(session, envelope, ended);
    return { epoch: session.state.epoch ?? NO_CONNECTION, outcome, ...(recorded && { recorded }) };
  }

  /** `action` is that of the CALL, or the name of the command when no CALL was made. */
  private async ask(
    session: Session,
    envelope: CommandEnvelope,
    gone: AbortSignal | undefined,
  ): Promise<{ action: string; outcome: CommandOutcome; sentAt?: Date | undefined }> {
    const { command, deadline, traceparent } = envelope;
    const { protocol, tolerance } = session.peer;
    const asked = command.kind === 'Call' ? command.action : command.kind;
    if (session.draining) return { action: asked, outcome: DRAINING };
    const translated = protocol.translate(command);
    if (!translated.ok) return { action: asked, outcome: untranslated(session, translated) };
    const { action } = translated;
    const objection = registrationObjection(protocol, session.state.registration, tolerance, action);
    if (objection !== null) return { action, outcome: refused('not_accepted', objection) };
    const request = protocol.validateRequest(action, translated.payload, 'strict');
    if (!request.ok) return { action, outcome: { kind: 'invalidPayload', action, errors: request.faults } };
    const sent = { action, payload: request.payload, command, sentAt: new Date(), traceparent };
    if (!(await this.mirror.before(session, sent))) return { action, outcome: NOT_WRITTEN };
    const taken = Promise.withResolvers<Validation>();
    let sentAt: Date | undefined;
    const answered: TakeAnswer = async (answer, late) => {
      const result = await this.takeAnswer(session, sent, answer, late);
      taken.resolve(result);
      const outcome = resultOf(session, command, sent, answer.payload, result);
      if (late) await this.options.log.command(session, envelope, { action, outcome, late, sentAt });
    };
    const end = await inCallSpan(session, action, (span) => {
      const left = (messageId: string): void => {
        sentAt = new Date();
        span?.set({ 'ocpp.message_id': messageId });
        this.options.log.sent(session, envelope, action, sentAt);
      };
      return session.call(action, request.payload, deadline, { gone, sent: left, answered });
    });
    if (end.kind !== 'result') {
      if (!mayFollow(end)) await this.mirror.undone(session, sent);
      return { action, outcome: unanswered(session, action, end), sentAt };
    }
    return { action, outcome: resultOf(session, command, sent, end.payload, await taken.promise), sentAt };
  }

  /** Before anything else: whoever has taken the command ends it, and nobody else does. `known`: it was taken before. `failed`: nobody knows. */
  private async take({ cpId, requestId: commandId }: CommandEnvelope): Promise<'taken' | 'known' | 'failed'> {
    try {
      return (await this.options.take(commandId)) ? 'taken' : 'known';
    } catch (err) {
      this.options.logger.error('command could not be taken', { cpId, commandId, err });
      return 'failed';
    }
  }

  /**
   * Records what the charge point accepted, even after the caller has received a timeout. The requested message may
   * follow in the next frame, so its action is remembered before anything is written. Never rejects.
   */
  private async takeAnswer(session: Session, sent: SentCall, answered: Result, late: boolean): Promise<Validation> {
    try {
      return await this.read(session, sent, answered, late);
    } catch (err) {
      const { cpId } = session.peer;
      this.options.logger.error('answer of a charger could not be read', { cpId, action: sent.action, err });
      return UNREADABLE;
    }
  }

  private async read(
    session: Session,
    sent: SentCall,
    { payload, exactly }: Result,
    late: boolean,
  ): Promise<Validation> {
    const { protocol, cpId } = session.peer;
    const { action } = sent;
    // A bad CALLRESULT is not answered (notes 2.4), so the charge point is never refused.
    const result = protocol.validateResponse(action, payload, 'lenient', exactly);
    if (late)
      this.options.logger.info('charger answered a command after its deadline', { cpId, action, valid: result.ok });
    else if (!result.ok)
      this.options.logger.warn('charger answered a command with an invalid result', {
        cpId,
        action,
        reason: result.description,
      });
    if (!result.ok) return result;
    if (!late) session.note(result.deviations, { action, odd: result.odd, direction: 'answer' });
    const brought = askedFor(protocol, action, sent.payload, result.payload);
    if (brought !== null) session.state.expect(brought);
    await this.mirror.answered(session, sent, result.payload);
    return result;
  }
}

/** Whether the charge point may carry the CALL out, though there is no answer that says so. */
function mayFollow(end: Exclude<CallEnd, { kind: 'result' }>): boolean {
  switch (end.kind) {
    case 'timeout':
    case 'unreadable':
      return true;
    case 'disconnected':
      return end.sent;
    case 'callerror':
    case 'expired':
    case 'cancelled':
    case 'full':
      return false;
  }
}

function resultOf(
  session: Session,
  command: Command,
  { action }: SentCall,
  answered: unknown,
  result: Validation,
): CommandOutcome {
  const { protocol } = session.peer;
  if (!result.ok) return { kind: 'invalidResult', action, reason: result.description, payload: answered };
  const { payload } = result;
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

/** The outcome of a CALL without a CALLRESULT. */
function unanswered(session: Session, action: string, end: Exclude<CallEnd, { kind: 'result' }>): CommandOutcome {
  const silent = session.spoken ? {} : ({ silent: true } as const);
  switch (end.kind) {
    case 'callerror': {
      const { code, word, description, details } = end;
      if (code === 'NotImplemented' || code === 'NotSupported') session.state.miss(action);
      const standardCode = session.peer.protocol.dialect.errorCodes[code];
      return { kind: 'callerror', action, code: word || standardCode, standardCode, description, details };
    }
    case 'unreadable':
      return { kind: 'invalidResult', action, reason: 'the answer is no JSON', payload: end.text };
    case 'timeout':
      return { kind: 'timeout', action, ...silent };
    case 'expired':
      return { kind: 'expired', ...silent };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'disconnected':
      return { kind: 'disconnected', action, sent: end.sent };
    case 'full':
      return refused('queue_full', 'too many commands wait for this charger already; try again later');
  }
}

function untranslated(session: Session, translation: Extract<Translation, { ok: false }>): CommandOutcome {
  return translation.kind === 'notSupported'
    ? { kind: 'notSupported', protocol: session.peer.protocol.dialect.subprotocol, reason: translation.reason }
    : { kind: 'invalidPayload', action: translation.action, errors: translation.errors };
}

/** Bounds the label, because callers of the generic command may name any action. */
function labelOf(session: Session, command: Command, action: string): string {
  return action === command.kind || session.peer.protocol.knownActions.has(action) ? action : 'other';
}

function refused(code: RefusalCode, reason: string): CommandOutcome {
  return { kind: 'refused', code, reason };
}

const UNREADABLE: Validation = {
  ok: false,
  code: 'InternalError',
  description: 'the gateway failed to read it',
  faults: [],
};

const DRAINING = refused('draining', 'the instance that holds the charger is shutting down; try again');

const NOT_WRITTEN = refused(
  'internal',
  'what the command changes cannot be written now, so it was not sent; try again',
);
