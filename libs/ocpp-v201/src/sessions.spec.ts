import { readFileSync, readdirSync } from 'node:fs';
import { type Effect, type Lookups, type PipelinePorts, type Tolerance, handleCall } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { ocpp201 } from './index.ts';

type Line = { in: [2, string, string, unknown]; tolerance?: Tolerance } | { out: unknown };

const folder = new URL('../testdata/', import.meta.url);
const now = new Date('2026-03-01T10:00:00Z');

function notAsked(): never {
  throw new Error('not asked in 2.0.1');
}

/** As little of the edge as a session needs; 2.0.1 looks up neither transactions nor their ids. */
class Edge implements PipelinePorts {
  readonly effects: Effect[] = [];

  async resolve<N extends keyof Lookups>(name: N, query: Lookups[N]['query']): Promise<Lookups[N]['answer']> {
    const answers: { [M in keyof Lookups]: (query: Lookups[M]['query']) => Lookups[M]['answer'] } = {
      registration: () => ({ status: 'Accepted', intervalSeconds: 300 }),
      idToken: ({ idToken }) =>
        idToken === 'BLOCKED' ? { status: 'Blocked' } : { status: 'Accepted', group: { idToken: 'FLEET' } },
      transactionStart: notAsked,
      transaction: notAsked,
      concurrentTransaction: notAsked,
      dataTransfer: notAsked,
      signingRequest: notAsked,
    };
    return answers[name](query);
  }

  async commit(effects: readonly Effect[]): Promise<void> {
    this.effects.push(...effects);
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
    const station = { cpId: 'CS-1', registration: 'Accepted', tolerance: line.tolerance ?? 'lenient' } as const;
    answer = (await handleCall(ocpp201, edge, station, { id, action, payload }, now)).frame;
  }
  return edge.effects;
}

describe('sessions', () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith('.ndjson')))('%s is answered frame by frame', replay);

  it('a session leaves its events, numbered, and its registers', async () => {
    expect(await replay('session.ndjson')).toMatchObject([
      { kind: 'stationBooted' },
      { kind: 'connectorStatus' },
      { kind: 'transactionStarted', seqNo: 0, meterStartWh: 1500 },
      { kind: 'transactionUpdated', seqNo: 1, idTokenStatus: 'Accepted' },
      {
        kind: 'transactionUpdated',
        seqNo: 2,
        samples: [
          { value: 1612, unit: 'Wh' },
          { value: 7200, unit: 'W' },
        ],
      },
      { kind: 'transactionEnded', seqNo: 3, idTokenStatus: 'Blocked', meterStopWh: 9000, reason: 'Local' },
      { kind: 'meterValues', evseId: 0 },
    ]);
  });

  it('sloppy firmware loses no transaction', async () => {
    expect(await replay('sloppy-firmware.ndjson')).toMatchObject([
      { kind: 'stationBooted', reason: 'PowerUp', model: 'A model with a name ' },
      { kind: 'transactionStarted', transactionId: 'T-9', triggerReason: 'CableIn', samples: [] },
      {
        kind: 'transactionEnded',
        transactionId: 'T-9',
        reason: 'Other',
        meterStopWh: 42500,
        time: { at: now, raw: '' },
      },
    ]);
  });

  it('nothing that was refused leaves a trace', async () => {
    expect(await replay('refused.ndjson')).toEqual([]);
  });
});
