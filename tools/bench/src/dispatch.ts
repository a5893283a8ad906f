import { sumOf } from '@ocpp-gw/rig';
import { ask } from './gateway/ask.ts';
import type { BenchGateway } from './gateway/gateway.ts';
import { summarise, type Summary } from './statistics.ts';

const WARM_UP = 100;
const COMMANDS = 500;
const CALLS = 'eveys_ocpp_ws_outbound_call_seconds';

export interface Dispatch {
  /** POST on command-api until the charger's answer is there, ms. */
  command: Summary;
  /** Of it the CALL on the charger's own socket, as the edge timed it, mean ms. */
  directMs: number;
}

/** Commands one after the other, over REST, to a charger whose socket another process holds. */
export async function measureDispatch(gateway: BenchGateway, identity: string): Promise<Dispatch> {
  const url = `${gateway.rest}/charge-points/${identity}/commands/clear-cache`;
  for (let n = 0; n < WARM_UP; n += 1) await ask('POST', url, {});
  const before = await directCalls(gateway);
  const times: number[] = [];
  for (let n = 0; n < COMMANDS; n += 1) {
    const sentAt = performance.now();
    await ask('POST', url, {});
    times.push(performance.now() - sentAt);
  }
  const after = await directCalls(gateway);
  return {
    command: summarise(times),
    directMs: ((after.seconds - before.seconds) / (after.count - before.count)) * 1000,
  };
}

async function directCalls({ services }: BenchGateway): Promise<{ seconds: number; count: number }> {
  const text = await services['ws-edge'].metrics();
  return { seconds: sumOf(text, `${CALLS}_sum`), count: sumOf(text, `${CALLS}_count`) };
}
