import type { ActionHandler, Effect, Protocol } from '@ocpp-gw/ocpp-j';
import { frameOf, payloadOf } from '../frame.ts';
import type { Exchange, Frame } from './exchanges.ts';

/** What a message of the charge point says, in terms that do not depend on the OCPP version. */
export interface Fact<E extends Effect = Effect> {
  frame: Frame;
  exchange: Exchange;
  effect: E;
}

export type FactOf<K extends Effect['kind']> = Fact<Extract<Effect, { kind: K }>>;

/** The actions that say something about connectors and transactions. */
const READ: ReadonlySet<string> = new Set([
  'MeterValues',
  'NotifyEvent',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'TransactionEvent',
]);

type Handler = ActionHandler<never, object, 'idToken' | 'transactionStart' | 'concurrentTransaction' | 'cost'>;

/**
 * The facts of an exchange, read by the handlers that read them when the charge point is connected. Where those ask for
 * something, the recorded answer has it, or it makes no difference here.
 */
export function factsOf(exchange: Exchange, { actions, validateRequest }: Protocol): Fact[] {
  const { call, answer } = exchange;
  const { action, direction, at, cpId } = call.message;
  const handler = actions[action] as Handler | undefined;
  const frame = frameOf(call.message);
  if (direction !== 'in' || !READ.has(action) || !handler || frame.kind !== 'call') return [];
  const validation = validateRequest(action, frame.payload, 'lenient', frame.exactly);
  if (!validation.ok) return [];
  const transactionId = Number(answer ? payloadOf(answer.message)['transactionId'] : 0);
  const { before } = handler.decide(validation.payload as never, {
    cpId,
    now: at,
    idToken: { status: 'Accepted' },
    transactionStart: { transactionId },
    concurrentTransaction: false,
    cost: null,
  });
  return before.map((effect) => ({ frame: call, exchange, effect }));
}
