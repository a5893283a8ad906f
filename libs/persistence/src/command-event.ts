import { encodeEvent, endStateOf, makeEvent, type CommandOutcome } from '@ocpp-gw/contracts';
import type { OutboxEntry } from './outbox.ts';

/** The end of a command, for receivers. */
export interface CommandEnding {
  cpId: string;
  protocol: string;
  /** Pod of the connection; empty when command-api ended it. */
  pod: string;
  at: Date;
  traceparent?: string | undefined;
  commandId: string;
  /** OCPP action of the CALL that was sent, or the name of the command when none was made. */
  action: string;
  outcome: CommandOutcome;
  late: boolean;
  requestId: string;
  caller: string;
  requestedAt: Date | undefined;
  sentAt: Date | undefined;
  /** A new id unless given. */
  eventId?: string;
}

/** Publishes the end of a command. */
export function commandEntry(ending: CommandEnding): OutboxEntry {
  const { cpId, protocol, pod, at, traceparent, outcome, eventId } = ending;
  const { commandId, action, late, requestId, caller, requestedAt, sentAt } = ending;
  const event = makeEvent({
    cpId,
    protocol,
    pod,
    occurredAt: at,
    recordedAt: at,
    id: eventId,
    ...(traceparent === undefined ? {} : { traceparent }),
    payload: {
      $case: 'commandCompleted',
      value: {
        ...{ commandId, action, late, requestId, caller, requestedAt, sentAt },
        outcome: outcome.kind,
        state: endStateOf(outcome),
        status: (outcome.kind === 'result' && outcome.status) || '',
        ...errorOf(outcome),
      },
    },
  });
  return { lane: 'kafka', destination: event.type, cpId, eventId: event.id, payload: encodeEvent(event) };
}

function errorOf(outcome: CommandOutcome): Record<'errorCode' | 'errorDescription' | 'standardErrorCode', string> {
  const error =
    outcome.kind === 'callerror'
      ? [outcome.code, outcome.description, outcome.standardCode]
      : outcome.kind === 'refused'
        ? [outcome.code, outcome.reason]
        : [];
  const [errorCode = '', errorDescription = '', standardErrorCode = ''] = error;
  return { errorCode, errorDescription, standardErrorCode };
}
