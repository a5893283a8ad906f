import type { Command } from '@ocpp-gw/contracts';
import type { Answers, CallContext, Decision, Queries } from './decision.ts';
import type { ErrorCode } from './dialect.ts';
import type { Effect } from './effects.ts';
import { entryOf } from './entry-of.ts';
import { InvalidReplyError, isStaleFacts } from './errors.ts';
import type { FieldRuleId } from './field-rules.ts';
import { encodeError, encodeResult } from './frame.ts';
import { lettersOf } from './mend-value.ts';
import type { OddValue } from './mend.ts';
import type { MessageId } from './message-id.ts';
import type { LookupName, Lookups } from './lookups.ts';
import type { Protocol, Tolerance } from './protocol.ts';

/** What the edge does for a handler. */
export interface PipelinePorts {
  resolve<N extends LookupName>(
    name: N,
    query: Lookups[N]['query'],
    context: CallContext,
  ): Promise<Lookups[N]['answer']>;
  /**
   * Makes effects durable, all or none. Rejects with `code: 'STALE_FACTS'` when a concurrent writer took what the
   * lookups reserved; the CALL is then decided once more.
   */
  commit(effects: readonly Effect[], context: CallContext): Promise<Committed>;
}

/** What was found only when the effects were recorded. */
export interface Committed {
  /** Field behaviours met. */
  noted: readonly FieldRuleId[];
  /** Commands to the same charger, given once the reply has left. */
  after: readonly Command[];
}

export interface StationState {
  cpId: string;
  /** null when the station has not booted as far as the gateway knows. */
  registration: 'Accepted' | 'Pending' | 'Rejected' | null;
  tolerance: Tolerance;
  /** Actions that we have asked this station to send, on this connection. */
  asked: ReadonlySet<string>;
}

export interface InboundCall extends MessageId {
  action: string;
  payload: unknown;
  /** See `validateTolerantly`. */
  exactly?: () => unknown;
}

export interface HandledCall {
  /** The frame to send, unchanged. */
  frame: string;
  action: string;
  outcome: 'result' | ErrorCode;
  /** Why it was refused; also in the frame. */
  description?: string;
  /** Field rules that were applied to read the message. */
  deviations: readonly FieldRuleId[];
  /** The raw values to which they were applied. */
  odd?: readonly OddValue[];
  reply?: object;
  /** The committed effects; empty when the outcome is no result. */
  effects: readonly Effect[];
  /** Commands to send to the charger after the frame; see {@link Decision}. */
  after: readonly Command[];
  /** The internal error for the log, never for the charger. */
  fault?: unknown;
}

type Handler = Protocol['actions'][string];
type Answered = Decision<object> & { frame: string };

/**
 * Answers one CALL. Only here the CALLERROR code of a CALL is chosen. A fault of the charger has its own code. A fault of
 * the gateway is an InternalError, so that the charger keeps the message and tries again.
 */
export async function handleCall(
  protocol: Protocol,
  ports: PipelinePorts,
  station: StationState,
  call: InboundCall,
  now: Date,
): Promise<HandledCall> {
  const action = actionMeant(protocol, station.tolerance, call.action);
  const refuse = (
    code: ErrorCode,
    description: string,
    more: Partial<Pick<HandledCall, 'deviations' | 'odd' | 'fault'>> = {},
  ): HandledCall => ({
    frame: encodeError(protocol.dialect, call, code, description),
    action,
    outcome: code,
    description,
    deviations: [],
    effects: [],
    after: [],
    ...more,
  });

  const handler = entryOf(protocol.actions, action);
  if (!handler)
    return protocol.knownActions.has(action)
      ? refuse('NotSupported', `${action} is not supported in this direction`)
      : refuse('NotImplemented', `${protocol.dialect.subprotocol} has no such action`);
  if (!maySend(protocol, station, action))
    return refuse('SecurityError', `the station is not accepted: send ${protocol.boot.action} first`);
  if (station.tolerance === 'strict' && !isObject(call.payload))
    return refuse('FormatViolation', 'payload is not a JSON object');

  let deviations: readonly FieldRuleId[] = [
    ...(action === call.action ? [] : ['enum-letter-case' as const]),
    ...early(protocol, station, action),
  ];
  try {
    const request = protocol.validateRequest(action, call.payload, station.tolerance, call.exactly);
    const { odd } = request;
    if (!request.ok) return refuse(request.code, request.description, { odd });
    deviations = [...deviations, ...request.deviations];
    const context: CallContext = { cpId: station.cpId, now, messageId: call.id };
    const decide = async (): Promise<Answered> => {
      const decision = await decideCall(protocol, ports, handler, action, request.payload, context);
      return { ...decision, frame: encodeResult(call, decision.reply) };
    };
    const { frame, reply, before, noted = [], after = [] } = await committed(ports, context, decide);
    deviations = [...new Set([...deviations, ...noted])];
    return { frame, action, outcome: 'result', deviations, odd, reply, effects: before, after };
  } catch (fault) {
    return refuse('InternalError', 'internal error, try again', { deviations, fault });
  }
}

/** No action has a longer name. */
const MAX_ACTION = 64;

/** The known action that differs from the raw one in case, blanks and marks only; an unknown action stays as it is. */
function actionMeant({ knownActions }: Protocol, tolerance: Tolerance, raw: string): string {
  if (tolerance === 'strict' || knownActions.has(raw) || raw.length > MAX_ACTION) return raw;
  const letters = lettersOf(raw);
  return [...knownActions].find((name) => lettersOf(name) === letters) ?? raw;
}

/** The boot gate (notes 2.9). */
function maySend(protocol: Protocol, station: StationState, action: string): boolean {
  if (action === protocol.boot.action) return true;
  switch (station.registration) {
    case 'Accepted':
      return true;
    // While Pending the CSMS may ask for reports and trigger messages, and must then take them (B02).
    case 'Pending':
      return protocol.allowedBeforeAccepted.has(action) || station.asked.has(action);
    case 'Rejected':
      return false;
    // A charge point that boots only at power-up may have been accepted before it connected here.
    case null:
      return station.tolerance === 'lenient';
  }
}

/** The field rule for a message that passed the gate all the same (notes 4.9). */
function early({ boot }: Protocol, { registration, asked }: StationState, action: string): readonly FieldRuleId[] {
  const due = action === boot.action || registration === 'Accepted' || asked.has(action);
  return due ? [] : ['message-before-boot'];
}

async function decideCall(
  protocol: Protocol,
  ports: PipelinePorts,
  handler: Handler,
  action: string,
  payload: Record<string, unknown>,
  context: CallContext,
): Promise<Decision<object>> {
  // The validator has just vouched for the payload's type, which the table of handlers cannot express.
  const request = payload as never;
  const answers = await resolveAll(ports, handler.lookups(request, context), context);
  const decision = handler.decide(request, { ...context, ...answers });
  const reply = protocol.validateResponse(action, decision.reply, 'strict');
  if (!reply.ok) throw new InvalidReplyError(action, reply.description, reply.faults);
  return decision;
}

async function resolveAll(
  ports: PipelinePorts,
  queries: Partial<Queries<LookupName>>,
  context: CallContext,
): Promise<Partial<Answers<LookupName>>> {
  const resolve = async <N extends LookupName>(name: N): Promise<[N, Lookups[N]['answer'] | null]> => {
    const query: Lookups[N]['query'] | null | undefined = queries[name];
    return [name, query === null || query === undefined ? null : await ports.resolve(name, query, context)];
  };
  const answers = await Promise.all((Object.keys(queries) as LookupName[]).map((name) => resolve(name)));
  return Object.fromEntries(answers) as Partial<Answers<LookupName>>;
}

/** Resolves once the decision is durable, and only then may its frame leave: see {@link Decision}. */
async function committed(
  ports: PipelinePorts,
  context: CallContext,
  decide: () => Promise<Answered>,
): Promise<Answered> {
  const attempt = async (): Promise<Answered> => {
    const answered = await decide();
    if (answered.before.length === 0) return answered;
    const { noted, after } = await ports.commit(answered.before, context);
    return {
      ...answered,
      noted: [...(answered.noted ?? []), ...noted],
      after: [...(answered.after ?? []), ...after],
    };
  };
  try {
    return await attempt();
  } catch (error) {
    if (!isStaleFacts(error)) throw error;
    return attempt();
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
