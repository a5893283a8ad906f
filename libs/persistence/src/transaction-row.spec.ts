import { describe, expect, it } from '@jest/globals';
import { readTransaction, transactionColumns, type TransactionRow } from './transaction-row.ts';

const row: TransactionRow = {
  id: '7',
  cpId: 'CP-1',
  protocol: 'ocpp2.0.1',
  transactionId: 'tx',
  state: 'ended',
  startSeen: true,
  evseId: 1,
  connectorId: 1,
  idToken: 'T',
  idTokenType: 'Central',
  idTokenStatus: 'Accepted',
  startedAt: new Date('2026-01-01T10:00:00Z'),
  endedAt: new Date('2026-01-01T11:00:00Z'),
  meterStartWh: 100,
  meterLastWh: 900,
  energyWh: 800,
  energyReason: null,
  stopReason: 'Local',
  chargingState: null,
  remoteStartId: null,
  reservationId: null,
  seenSeqNos: '{[0,2),[4,5)}',
  gapsFinal: true,
  messagesInQueue: false,
  totalCost: 12.5,
  costAmount: '12.50',
  costCurrency: 'EUR',
  stationTransactionId: 'tx',
  revision: 3,
  endInference: null,
  suspectSince: null,
  suspectReason: null,
  lastHeardAt: new Date('2026-01-01T11:00:01Z'),
  unassignedReason: null,
  assignedTo: null,
  updatedAt: new Date('2026-01-01T11:00:01Z'),
};

describe('readTransaction', () => {
  it('says the energy that was decided, and derives the gaps', () => {
    expect(readTransaction(row)).toMatchObject({
      energyWh: 800,
      energyReason: null,
      meterStopWh: 900,
      missingSeqNos: [2, 3],
      gapsFinal: true,
      messagesInQueue: false,
      totalCost: 12.5,
      cost: { amount: '12.50', currency: 'EUR' },
      revision: 3,
      orphan: false,
    });
  });

  it('says why there is no energy', () => {
    const fell = { energyWh: null, energyReason: 'register_fell', meterLastWh: 50 };
    expect(readTransaction({ ...row, ...fell })).toMatchObject({
      energyWh: null,
      energyReason: 'register_fell',
      meterStopWh: 50,
    });
  });

  it('gives a running transaction its energy so far and its charging state, but no stop register', () => {
    const running = { ...row, state: 'active', chargingState: 'Charging' } as const;
    expect(readTransaction(running)).toMatchObject({ energyWh: 800, meterStopWh: null, chargingState: 'Charging' });
  });

  it('gives an ended one no charging state', () => {
    expect(readTransaction({ ...row, chargingState: 'Charging' }).chargingState).toBeNull();
  });

  it('calls one seen to end but not to start an orphan', () => {
    expect(readTransaction({ ...row, startSeen: false }).orphan).toBe(true);
    expect(readTransaction({ ...row, startSeen: false, state: 'active' }).orphan).toBe(false);
  });

  it('says why an end was inferred, what speaks against one that runs, and whose a stop is', () => {
    const suspectSince = new Date('2026-01-01T10:30:00Z');
    const doubts = { suspectSince, suspectReason: 'boot', unassignedReason: 'no_transaction_fits', assignedTo: '8' };
    expect(readTransaction({ ...row, ...doubts, endInference: 'silence', stationTransactionId: '-1' })).toMatchObject({
      ...doubts,
      endInferred: 'silence',
      stationTransactionId: '-1',
    });
  });

  it('selects every property it reads', () => {
    for (const property of Object.keys(row)) expect(transactionColumns('t')).toContain(`AS "${property}"`);
  });
});
