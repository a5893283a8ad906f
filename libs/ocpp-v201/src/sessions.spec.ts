import { readFileSync, readdirSync } from 'node:fs';
import type { Command, SettableChargingProfile } from '@ocpp-gw/contracts';
import {
  type Bill,
  type Committed,
  type DataTransferAnswer,
  type DataTransferQuery,
  type Effect,
  type Lookups,
  type PipelinePorts,
  type StationState,
  type Tolerance,
  EMPTY_BOOK,
  billOf,
  handleCall,
  mergeRegisters,
  readRegisters,
} from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { ocpp201 } from './index.ts';

interface Sent {
  in: [2, string, string, unknown];
  tolerance?: Tolerance;
  registration?: StationState['registration'];
  asked?: string[];
}
/** `after`: the commands that follow the answer. */
type Line = Sent | { out: unknown; after?: Command[] };

const folder = new URL('./testdata/', import.meta.url);
const now = new Date('2026-03-01T10:00:00Z');

const sixteenAmperes: SettableChargingProfile = {
  chargingProfileId: 5,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Absolute',
  transactionId: 'T-1',
  schedule: {
    startSchedule: '2026-03-01T10:00:00.000Z',
    chargingRateUnit: 'A',
    periods: [{ startPeriod: 0, limit: 16 }],
  },
};

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
      concurrentTransaction: notAsked,
      dataTransfer: entriesOnly,
      signingRequest: ({ csr }) =>
        csr.startsWith('-----BEGIN CERTIFICATE REQUEST-----')
          ? { ok: true, key: { publicKey: '-----BEGIN PUBLIC KEY-----', commonName: 'SN-0001' } }
          : { ok: false, reason: 'no certificate request' },
      certificateStatus: ({ responderUrl }) =>
        responderUrl.startsWith('http://ocsp.example')
          ? { status: 'good', response: 'MIIB' }
          : { status: 'unavailable', reason: 'connection refused' },
      contractCertificate: ({ hashes }) => ({
        status: hashes?.some(({ serialNumber }) => serialNumber === '0bad') ? 'CertificateRevoked' : 'Accepted',
      }),
      evCertificate: ({ action }) =>
        action === 'Install' ? { ok: true, exiResponse: 'gKQCAA==' } : { ok: false, reason: 'no issuer' },
      chargingNeeds: () => ({ status: 'Accepted', profile: sixteenAmperes }),
      transactionProfile: ({ evseId }) => (evseId === 1 ? sixteenAmperes : null),
      cost: ({ transactionId, meterWh = 0 }) => (transactionId === 'T-FREE' ? null : { totalCost: meterWh / 1000 }),
    };
    return answers[name](query);
  }

  async commit(effects: readonly Effect[]): Promise<Committed> {
    this.effects.push(...effects);
    return { noted: [], after: [] };
  }
}

/** One vendor has registered for one message. */
function entriesOnly({ vendorId, messageId }: DataTransferQuery): DataTransferAnswer {
  if (vendorId !== 'com.vendor') return { status: 'UnknownVendorId' };
  return messageId === 'door' ? { status: 'Accepted', data: 'noted' } : { status: 'UnknownMessageId' };
}

const scenarios = readdirSync(folder).filter((file) => file.endsWith('.ndjson'));

function linesOf(scenario: string): Line[] {
  const text = readFileSync(new URL(scenario, folder), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

async function replay(scenario: string): Promise<Effect[]> {
  const edge = new Edge();
  let answer = { frame: '', after: [] as readonly Command[] };
  for (const line of linesOf(scenario)) {
    if ('out' in line) {
      expect({ out: JSON.parse(answer.frame), after: answer.after }).toEqual({ after: [], ...line });
      continue;
    }
    const [, id, action, payload] = line.in;
    const { tolerance = 'lenient', registration = 'Accepted', asked = [] } = line;
    const station = { cpId: 'CS-1', registration, tolerance, asked: new Set(asked) };
    answer = await handleCall(ocpp201, edge, station, { id, action, payload }, now);
  }
  return edge.effects;
}

const ROLES = { transactionStarted: 'started', transactionUpdated: 'updated', transactionEnded: 'ended' } as const;

/** The bill by the registers that were reported of a transaction. */
function billed(effects: readonly Effect[], transactionId: string): Bill {
  const registers = effects.flatMap((effect) =>
    effect.kind in ROLES && 'samples' in effect && effect.transactionId === transactionId
      ? [readRegisters({ role: ROLES[effect.kind as keyof typeof ROLES], samples: effect.samples, at: effect.time.at })]
      : [],
  );
  return billOf(registers.reduce(mergeRegisters, EMPTY_BOOK), { ended: true });
}

describe('sessions', () => {
  it.each(scenarios)('%s is answered frame by frame', replay);

  it('every action that a charging station may send has its place in one of them', () => {
    const sent = scenarios.flatMap((file) => linesOf(file).flatMap((line) => ('in' in line ? [line.in[2]] : [])));
    expect([...new Set(sent)]).toEqual(expect.arrayContaining(Object.keys(ocpp201.actions)));
  });

  it('a session leaves its events, numbered, its registers and its cost', async () => {
    const effects = await replay('session.ndjson');
    expect(effects).toMatchObject([
      { kind: 'stationBooted' },
      { kind: 'connectorStatus' },
      { kind: 'transactionStarted', seqNo: 0 },
      { kind: 'transactionUpdated', seqNo: 1, idTokenStatus: 'Accepted' },
      {
        kind: 'transactionUpdated',
        seqNo: 2,
        samples: [
          { value: 1612, unit: 'Wh' },
          { value: 7200, unit: 'W' },
        ],
        totalCost: 1.612,
      },
      {
        kind: 'transactionEnded',
        seqNo: 3,
        idTokenStatus: 'Blocked',
        reason: 'Local',
        totalCost: 9,
      },
      { kind: 'meterValues', evseId: 0 },
    ]);
    expect(billed(effects, 'T-1')).toMatchObject({ meterStartWh: 1500, meterStopWh: 9000, energyWh: 7500 });
  });

  it('events in any order, again and late leave each what it says', async () => {
    const effects = await replay('transactions-out-of-order.ndjson');
    expect(effects).toMatchObject([
      { kind: 'transactionEnded', transactionId: 'T-2', seqNo: 3 },
      { kind: 'transactionStarted', transactionId: 'T-2', seqNo: 0, offline: true },
      { kind: 'transactionUpdated', transactionId: 'T-2', seqNo: 2, offline: true },
      { kind: 'transactionUpdated', transactionId: 'T-2', seqNo: 1, offline: true },
      { kind: 'transactionEnded', transactionId: 'T-2', seqNo: 3 },
      { kind: 'transactionUpdated', transactionId: 'T-2', seqNo: 4 },
      { kind: 'transactionStarted', transactionId: 'T-3', seqNo: 0 },
    ]);
    expect(effects[4]).toEqual(effects[0]);
    expect(billed(effects, 'T-2')).toMatchObject({ meterStartWh: 0, meterStopWh: 5000 });
  });

  it('a report leaves what it reported and its parts, numbered, without secrets', async () => {
    const effects = await replay('reports.ndjson');
    expect(effects.map(({ kind }) => kind)).toEqual([
      'variablesReported',
      'reportPart',
      'variablesReported',
      'reportPart',
      'monitorsReported',
      'reportPart',
      'reportPart',
      'reportPart',
      'displayMessagesReported',
      'reportPart',
      'chargingProfilesReported',
      'reportPart',
      'chargingProfilesReported',
      'reportPart',
    ]);
    expect(JSON.stringify(effects)).not.toContain('hunter2');
  });

  it('a Pending station may send what it was asked for, and nothing else (TC_B_30)', async () => {
    const effects = await replay('while-pending.ndjson');
    expect(effects.map(({ kind }) => kind)).toEqual([
      'variablesReported',
      'reportPart',
      'connectorStatus',
      'stationBooted',
    ]);
  });

  it('sloppy firmware loses no transaction', async () => {
    const effects = await replay('sloppy-firmware.ndjson');
    expect(effects).toMatchObject([
      { kind: 'stationBooted', reason: 'PowerUp', model: 'A model with a name ' },
      { kind: 'transactionStarted', transactionId: 'T-9', triggerReason: 'CableIn', samples: [] },
      {
        kind: 'transactionEnded',
        transactionId: 'T-9',
        reason: 'Other',
        time: { at: now, raw: '', assumed: true },
      },
    ]);
    expect(billed(effects, 'T-9')).toMatchObject({ meterStopWh: 42500 });
  });

  it('nothing that was refused leaves a trace', async () => {
    expect(await replay('refused.ndjson')).toEqual([]);
  });
});
