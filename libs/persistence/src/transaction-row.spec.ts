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
  meterStartSeq: '0',
  meterLastWh: 900,
  meterLastSeq: '4',
  stopReason: 'Local',
  chargingState: null,
  remoteStartId: null,
  reservationId: null,
  seenSeqNos: '{[0,2),[4,5)}',
  gapsFinal: true,
  messagesInQueue: false,
  totalCost: 12.5,
  updatedAt: new Date('2026-01-01T11:00:01Z'),
};

describe('readTransaction', () => {
  it('derives energy and gaps', () => {
    expect(readTransaction(row)).toMatchObject({
      energyWh: 800,
      meterStopWh: 900,
      missingSeqNos: [2, 3],
      gapsFinal: true,
      messagesInQueue: false,
      totalCost: 12.5,
      orphan: false,
    });
  });

  it('gives a running transaction its energy so far but no stop register', () => {
    expect(readTransaction({ ...row, state: 'active' })).toMatchObject({ energyWh: 800, meterStopWh: null });
  });

  it('calls one seen to end but not to start an orphan', () => {
    expect(readTransaction({ ...row, startSeen: false }).orphan).toBe(true);
    expect(readTransaction({ ...row, startSeen: false, state: 'active' }).orphan).toBe(false);
  });

  it.each([
    ['one register only', { meterStartWh: 500, meterLastWh: 500, meterStartSeq: '3', meterLastSeq: '3' }],
    ['no start register', { meterStartWh: null }],
    ['no stop register', { meterLastWh: null }],
    ['a register that ran back', { meterLastWh: 50 }],
  ])('knows no energy from %s', (_case, difference) => {
    expect(readTransaction({ ...row, ...difference }).energyWh).toBeNull();
  });

  it('knows zero energy from two equal registers', () => {
    expect(readTransaction({ ...row, meterLastWh: 100 }).energyWh).toBe(0);
    expect(readTransaction({ ...row, meterLastWh: 100, meterStartSeq: null, meterLastSeq: null }).energyWh).toBe(0);
  });

  it('selects every property it reads', () => {
    for (const property of Object.keys(row)) expect(transactionColumns('t')).toContain(`AS "${property}"`);
  });
});
