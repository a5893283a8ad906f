import { readFileSync, readdirSync } from 'node:fs';
import {
  type Committed,
  type ConcurrencyQuery,
  type DataTransferAnswer,
  type DataTransferQuery,
  type Effect,
  type Lookups,
  type PipelinePorts,
  type StartKey,
  type StationState,
  type Tolerance,
  handleCall,
} from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { ocpp16 } from './index.ts';

interface Sent {
  in: [2, string, string, unknown];
  tolerance?: Tolerance;
  registration?: StationState['registration'];
}
type Line = Sent | { out: unknown };

const folder = new URL('./testdata/', import.meta.url);
const now = new Date('2026-03-01T10:00:00Z');

function notAsked(): never {
  throw new Error('not asked in 1.6');
}

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
      concurrentTransaction: (query) => this.isConcurrent(query),
      dataTransfer: entriesOnly,
      signingRequest: ({ csr }) =>
        csr.startsWith('-----BEGIN CERTIFICATE REQUEST-----')
          ? { ok: true, key: { publicKey: '-----BEGIN PUBLIC KEY-----', commonName: 'SN-0001' } }
          : { ok: false, reason: 'no certificate request' },
      certificateStatus: notAsked,
      contractCertificate: notAsked,
      evCertificate: notAsked,
      chargingNeeds: notAsked,
      transactionProfile: notAsked,
      cost: notAsked,
    };
    return answers[name](query);
  }

  async commit(effects: readonly Effect[]): Promise<Committed> {
    this.effects.push(...effects);
    return { noted: [], after: [] };
  }

  private reserve(key: StartKey): Lookups['transactionStart']['answer'] {
    const known = this.starts.get(JSON.stringify(key));
    if (known !== undefined) return { transactionId: known, knownStatus: 'Accepted' };
    const transactionId = 1001 + this.starts.size;
    this.starts.set(JSON.stringify(key), transactionId);
    return { transactionId };
  }

  private isConcurrent({ idToken, start }: ConcurrencyQuery): boolean {
    const ended = this.effects.filter(({ kind }) => kind === 'transactionEnded');
    return this.effects.some(
      (effect) =>
        effect.kind === 'transactionStarted' &&
        effect.idToken?.idToken.toLowerCase() === idToken.idToken.toLowerCase() &&
        JSON.stringify(effect.naturalKey) !== JSON.stringify(start) &&
        !ended.some((end) => 'transactionId' in end && end.transactionId === effect.transactionId),
    );
  }
}

/** One vendor has registered for one message. */
function entriesOnly({ vendorId, messageId }: DataTransferQuery): DataTransferAnswer {
  if (vendorId !== 'com.vendor') return { status: 'UnknownVendorId' };
  return messageId === 'door' ? { status: 'Accepted', data: 'noted' } : { status: 'UnknownMessageId' };
}

function linesOf(scenario: string): Line[] {
  const text = readFileSync(new URL(scenario, folder), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

async function replay(scenario: string): Promise<Effect[]> {
  const edge = new Edge();
  let answer = '';
  for (const line of linesOf(scenario)) {
    if ('out' in line) {
      expect(JSON.parse(answer)).toEqual(line.out);
      continue;
    }
    const [, id, action, payload] = line.in;
    const { tolerance = 'lenient', registration = 'Accepted' } = line;
    const station = { cpId: 'CP-1', registration, tolerance, asked: new Set<string>() };
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

  it('every action that a charge point may send has its place in one session, and leaves what it says', async () => {
    const sent = linesOf('every-action.ndjson').flatMap((line) => ('in' in line ? [line.in[2]] : []));
    expect([...new Set(sent)].sort()).toEqual(Object.keys(ocpp16.actions).sort());
    const effects = await replay('every-action.ndjson');
    expect(effects.map(({ kind }) => kind)).toEqual([
      'stationBooted',
      'securityEvent',
      'firmwareStatus',
      'connectorStatus',
      'connectorStatus',
      'transactionStarted',
      'connectorStatus',
      'meterValues',
      'dataTransferred',
      'transactionEnded',
      'connectorStatus',
      'logStatus',
      'logStatus',
      'logStatus',
      'logStatus',
      'signingRequest',
      'signingRequest',
      'firmwareStatus',
      'firmwareStatus',
      'securityEvent',
    ]);
  });

  it('a Pending charge point may send what it can have been asked for, and a stop (notes 2.9)', async () => {
    const effects = await replay('while-pending.ndjson');
    expect(effects.map(({ kind }) => kind)).toContain('transactionEnded');
    expect(effects.map(({ kind }) => kind)).not.toContain('transactionStarted');
  });

  it('a tag that charges twice has two transactions, and its retry is no second one', async () => {
    const effects = await replay('charging-elsewhere.ndjson');
    const starts = effects.filter((effect) => effect.kind === 'transactionStarted');
    expect(starts.map(({ transactionId, idTokenStatus }) => [transactionId, idTokenStatus])).toEqual([
      ['1001', 'Accepted'],
      ['1002', 'ConcurrentTx'],
      ['1001', 'Accepted'],
      ['1003', 'Accepted'],
      ['1004', 'Invalid'],
    ]);
  });

  it('a lost answer to the start costs nothing: one transaction, and whatever names none says so', async () => {
    const effects = await replay('start-answer-lost.ndjson');
    expect(effects).toMatchObject([
      { kind: 'transactionStarted', transactionId: '1001' },
      { kind: 'transactionStarted', transactionId: '1001' },
      { kind: 'meterValues', evseId: 1, transactionId: null },
      { kind: 'transactionEnded', transactionId: '-1', unnamed: true },
      { kind: 'transactionEnded', transactionId: '777' },
    ]);
    expect(effects[0]).toEqual(effects[1]);
    expect(effects[4]).not.toHaveProperty('unnamed');
  });

  it('nothing that was refused leaves a trace', async () => {
    expect(await replay('refused.ndjson')).toEqual([]);
  });
});
