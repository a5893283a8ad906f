import { isObject, payloadOf, textAt } from '../frame.ts';
import type { Exchange } from './exchanges.ts';

interface Agreed {
  /** The index of the frame from which it holds. */
  from: number;
  seconds: number;
}

/** The heartbeat intervals that were agreed on, by boots and by settings of ours. */
export class HeartbeatIntervals {
  private readonly agreed: Agreed[] = [];

  constructor(exchanges: readonly Exchange[], before: number | undefined) {
    if (before !== undefined) this.agreed.push({ from: -1, seconds: before });
    for (const exchange of exchanges) {
      const seconds = agreedIn(exchange);
      if (seconds !== undefined) this.agreed.push({ from: exchange.call.index, seconds });
    }
  }

  /** Seconds at a frame; undefined when none is known, or the charge point may choose (0). */
  at(index: number): number | undefined {
    const seconds = this.agreed.findLast(({ from }) => from <= index)?.seconds;
    return seconds === undefined || seconds <= 0 ? undefined : seconds;
  }
}

function agreedIn({ call, answer }: Exchange): number | undefined {
  if (answer?.message.kind !== 'call_result') return undefined;
  const [request, reply] = [payloadOf(call.message), payloadOf(answer.message)];
  switch (call.message.action) {
    case 'BootNotification':
      return reply['status'] === 'Accepted' ? numberIn(textAt(reply, 'interval')) : undefined;
    case 'ChangeConfiguration': {
      const isHeartbeat = /^heart_?beat_?interval$/i.test(textAt(request, 'key') ?? '');
      return isHeartbeat && reply['status'] === 'Accepted' ? numberIn(textAt(request, 'value')) : undefined;
    }
    case 'SetVariables':
      return numberIn(heartbeatVariable(request['setVariableData'], reply['setVariableResult']));
    default:
      return undefined;
  }
}

function heartbeatVariable(asked: unknown, results: unknown): string | undefined {
  if (!Array.isArray(asked) || !Array.isArray(results)) return undefined;
  const at = asked.findIndex((item: unknown) => textAt(item, 'variable', 'name') === 'HeartbeatInterval');
  const result: unknown = results[at];
  if (!isObject(result) || result['attributeStatus'] !== 'Accepted') return undefined;
  return textAt(asked[at], 'attributeValue');
}

function numberIn(text: string | undefined): number | undefined {
  const number = Number(text);
  return text === undefined || !Number.isFinite(number) ? undefined : number;
}
