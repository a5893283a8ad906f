import { differencesDownstream, judge, lastWords, type Truth } from '@ocpp-gw/charger-sim';
import { TOKEN, type ChaosGateway } from '../gateway/gateway.ts';
import { readCalls, readTransactions, readView } from './sessions.ts';
import type { Difference, Kept } from './facts.ts';

type Asked = Pick<ChaosGateway, 'rests' | 'backend'> & { dataPlane: Pick<ChaosGateway['dataPlane'], 'clickhouseUrl'> };

/** The differences between what chargers that misbehave really did and what is stored and published of them. */
export async function misbehavingDifferences(
  gateway: Asked,
  cpIds: readonly string[],
  truth: readonly Truth[],
): Promise<Difference[]> {
  const lists = await Promise.all(cpIds.map((cpId) => readTransactions(gateway.rests[0], TOKEN, cpId)));
  const kept = lists.flat();
  const judged = judge(truth, kept).map(({ rule, cpId, what, misbehaviours }): Difference => {
    return { system: 'sessions', fault: 'wrong', cpId, what: `(${misbehaviours.join(', ')}) ${rule}: ${what}` };
  });
  const downstream = [
    ...differencesDownstream('ClickHouse', kept, await readView(gateway.dataPlane.clickhouseUrl)),
    ...differencesDownstream('backend', kept, lastWords(readCalls(gateway.backend))),
  ].map((named): Difference => ({ system: 'sessions', fault: 'wrong', ...named }));
  return [...judged, ...downstream];
}

/** Without what is kept of some chargers; what no charger is named for stays. */
export function without(kept: Kept, cpIds: ReadonlySet<string>): Kept {
  const others = <Item extends { cpId: string }>(items: readonly Item[]): Item[] =>
    items.filter(({ cpId }) => !cpIds.has(cpId));
  return {
    ...kept,
    transactions: others(kept.transactions),
    numbered: others(kept.numbered),
    published: others(kept.published),
    events: others(kept.events),
    samples: others(kept.samples),
    backend: others(kept.backend),
    webhooks: others(kept.webhooks),
  };
}
