import { readFileSync, readdirSync } from 'node:fs';
import {
  type Effect,
  type KnownTransaction,
  type Lookups,
  type PipelinePorts,
  type StartKey,
  type Tolerance,
  handleCall,
} from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { ocpp16 } from './index.ts';

type Line = { in: [2, string, string, unknown]; tolerance?: Tolerance } | { out: unknown };

const folder = new URL('../testdata/', import.meta.url);
const now = new Date('2026-03-01T10:00:00Z');

/** As little of the edge as a session needs. */
class Edge implements PipelinePorts {
  readonly effects: Effect[] = [];
  private readonly starts = new Map<string, number>();

  async resolve<N extends keyof Lookups>(name: N, query: Lookups[N]['query']): Promise<Lookups[N]['answer']> {
    const answers: { [M in keyof Lookups]: (query: Lookups[M]['query']) => Lookups[M]['answer'] } = {
      registration: () => ({ status: 'Accepted', intervalSeconds: 300 }),
      idToken: ({ idToken }) =>
        idToken === 'BLOCKED' ? { status: 'Blocked' } : { status: 'Accepted', group: { idToken: 'FLEET' } },
      transactionStart: (key) => this.reserve(key),
      transaction: (wanted) =>
        this.transactions().find((each) => wanted.by === 'evse' || each.transactionId === wanted.transactionId) ?? null,
    };
    return answers[name](query);
  }

  async commit(effects: readonly Effect[]): Promise<void> {
    this.effects.push(...effects);
  }

  private reserve(key: StartKey): Lookups['transactionStart']['answer'] {
    const known = this.starts.get(JSON.stringify(key));
    if (known !== undefined) return { transactionId: known, knownStatus: 'Accepted' };
    const transactionId = 1001 + this.starts.size;
    this.starts.set(JSON.stringify(key), transactionId);
    return { transactionId };
  }

  private transactions(): KnownTransaction[] {
    return this.effects
      .filter((effect) => effect.kind === 'transactionStarted')
      .map(({ transactionId, evseId, connectorId }) => ({ transactionId, evseId, connectorId, state: 'active' }));
  }
}

async function replay(scenario: string): Promise<Effect[]> {
  const text = readFileSync(new URL(scenario, folder), 'utf8');
  const edge = new Edge();
  let answer = '';
  for (const line of text
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each) as Line)) {
    if ('out' in line) {
      expect(JSON.parse(answer)).toEqual(line.out);
      continue;
    }
    const [, id, action, payload] = line.in;
    const station = { cpId: 'CP-1', registration: 'Accepted', tolerance: line.tolerance ?? 'lenient' } as const;
    answer = (await handleCall(ocpp16, edge, station, { id, action, payload }, now)).frame;
  }
  return edge.effects;
}

describe('sessions', () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith('.ndjson')))('%s is answered frame by frame', replay);

  it('a session leaves its start, its samples and its end', async () => {
    const effects = await replay('plug-in-first.ndjson');
    expect(effects.map(({ kind }) => kind)).toEqual([
      'stationBooted',
      'connectorStatus',
      'connectorStatus',
      'transactionStarted',
      'meterValues',
      'transactionEnded',
    ]);
  });

  it('a lost answer to the start costs nothing: one transaction, its samples, its end; a stranger is an orphan', async () => {
    const effects = await replay('start-answer-lost.ndjson');
    expect(effects).toMatchObject([
      { kind: 'transactionStarted', transactionId: '1001' },
      { kind: 'transactionStarted', transactionId: '1001' },
      { kind: 'meterValues', transactionId: '1001' },
      { kind: 'transactionEnded', transactionId: '1001' },
      { kind: 'transactionEnded', transactionId: '777', orphan: true },
    ]);
    expect(effects[0]).toEqual(effects[1]);
  });

  it('nothing that was refused leaves a trace', async () => {
    expect(await replay('refused.ndjson')).toEqual([]);
  });
});
