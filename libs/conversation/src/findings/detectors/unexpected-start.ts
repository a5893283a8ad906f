import { payloadOf } from '../../frame.ts';
import type { Exchange, Frame } from '../../overview/exchanges.ts';
import type { Overview } from '../../overview/overview.ts';
import type { SeenTransaction } from '../../overview/transactions.ts';
import type { Detector, Occurrence } from '../detector.ts';
import { isRefused, tokenIn, tokenStatus } from './tokens.ts';

export const unexpectedStart: Detector = {
  kind: 'unexpected-start',
  *find(overview) {
    yield* unauthorized(overview);
    yield* onOccupied(overview.transactions);
  },
};

/** Sessions of tokens that were refused, and those that nothing precedes. */
function* unauthorized({ transactions, exchanges, conversation }: Overview): Generator<Occurrence> {
  const before = new Precedents();
  const startsAt = new Map(
    transactions.flatMap(({ id, start }) => (start ? [[start.frame.index, { id, start }]] : [])),
  );
  for (const exchange of exchanges) {
    const { call, answer } = exchange;
    const started = startsAt.get(call.index);
    if (started) {
      const refusal = before.refusalOf(tokenIn(exchange) ?? '');
      const status = isRefused(exchange) ? tokenStatus(exchange) : refusal && tokenStatus(refusal);
      const found = { at: call.message.at, frames: [refusal?.call, refusal?.answer, call, answer] };
      if (status !== undefined && status !== 'Accepted')
        yield { ...found, detail: `session ${started.id} started for an id token that is ${status}` };
      // Of a charge point that is known to the gateway, the boot may be long ago.
      else if (!before.any && !conversation.connections)
        yield { ...found, detail: `session ${started.id} started without a boot or an authorization before it` };
    }
    before.add(exchange);
  }
}

/** What came before a start and may explain it. */
class Precedents {
  any = false;
  private readonly asked = new Map<string, Exchange>();

  add(exchange: Exchange): void {
    const { call, answer } = exchange;
    switch (call.message.action) {
      case 'BootNotification':
        this.any = true;
        return;
      case 'RemoteStartTransaction':
      case 'RequestStartTransaction':
        // The backend wants this token to charge, whatever was answered before.
        this.any = true;
        if (answer && payloadOf(answer.message)['status'] === 'Accepted') this.asked.delete(tokenIn(exchange) ?? '');
        return;
      case 'Authorize':
        this.any = true;
        this.asked.set(tokenIn(exchange) ?? '', exchange);
        return;
      default:
    }
  }

  /** The latest answer about a token, if it was a refusal. */
  refusalOf(token: string): Exchange | undefined {
    const asked = this.asked.get(token);
    return asked && isRefused(asked) ? asked : undefined;
  }
}

/** Sessions that started while another one ran on their EVSE. */
function* onOccupied(transactions: readonly SeenTransaction[]): Generator<Occurrence> {
  const running = new Map<number, SeenTransaction>();
  for (const transaction of transactions.toSorted((a, b) => startOf(a) - startOf(b))) {
    const { id, evseId, start } = transaction;
    if (evseId === 0) continue;
    const other = running.get(evseId);
    running.set(evseId, transaction);
    if (!start || !other || endOf(other) < start.frame.index) continue;
    const frames: (Frame | undefined)[] = [other.start?.frame, start.frame];
    const detail = `session ${id} started on EVSE ${evseId} while session ${other.id} ran there`;
    yield { at: start.frame.message.at, frames, detail };
  }
}

function startOf({ start, readings, end }: SeenTransaction): number {
  return (start?.frame ?? readings[0]?.frame ?? end?.frame)?.index ?? -1;
}

function endOf({ end }: SeenTransaction): number {
  return end?.frame.index ?? Infinity;
}
