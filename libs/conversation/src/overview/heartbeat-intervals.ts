import { isObject, payloadOf, textAt } from '../frame.ts';
import { countUntil } from './count-until.ts';
import type { Exchange } from './exchanges.ts';

/** The heartbeat intervals that were agreed on, by boots and by settings of ours, in order of the frames. */
export class HeartbeatIntervals {
  /** The index of the frame from which each holds. */
  private readonly from: number[] = [];
  private readonly seconds: number[] = [];

  constructor(exchanges: readonly Exchange[], before: number | undefined) {
    if (before !== undefined) this.add(-1, before);
    for (const exchange of exchanges) {
      const seconds = agreedIn(exchange);
      if (seconds !== undefined) this.add(exchange.call.index, seconds);
    }
  }

  /** Seconds at a frame; undefined when none is known, or the charge point may choose (0). */
  at(index: number): number | undefined {
    const seconds = this.seconds[countUntil(this.from, (from) => from <= index) - 1];
    return seconds === undefined || seconds <= 0 ? undefined : seconds;
  }

  private add(from: number, seconds: number): void {
    this.from.push(from);
    this.seconds.push(seconds);
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
