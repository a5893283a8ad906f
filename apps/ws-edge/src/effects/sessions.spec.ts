import { describe, expect, it } from '@jest/globals';
import type { Effect, TransactionEndedEffect, TransactionStartedEffect } from '@ocpp-gw/ocpp-j';
import type { TransactionRecord } from '@ocpp-gw/persistence';
import type { Written } from './entry.ts';
import { sessionEntries } from './sessions.ts';

const now = new Date('2026-01-01T12:00:00Z');
const at = new Date('2026-01-01T11:59:58Z');
const started: TransactionStartedEffect = {
  kind: 'transactionStarted',
  transactionId: '42',
  evseId: 2,
  connectorId: 1,
  idToken: { idToken: 'TAG' },
  idTokenStatus: 'Accepted',
  meterStartWh: 100,
  samples: [],
  time: { at },
};
const ended: TransactionEndedEffect = {
  kind: 'transactionEnded',
  transactionId: '42',
  evseId: 0,
  connectorId: 0,
  reason: 'EVDisconnected',
  meterStopWh: 900,
  samples: [],
  time: { at },
};
const transaction: TransactionRecord = {
  id: '1',
  cpId: 'CP-1',
  protocol: 'ocpp1.6',
  transactionId: '42',
  state: 'ended',
  evseId: 2,
  connectorId: 1,
  idToken: 'TAG',
  idTokenType: null,
  idTokenStatus: 'Accepted',
  startedAt: new Date('2026-01-01T11:00:00Z'),
  endedAt: at,
  meterStartWh: 100,
  meterStopWh: 900,
  energyWh: 800,
  stopReason: 'EVDisconnected',
  chargingState: null,
  remoteStartId: null,
  reservationId: null,
  missingSeqNos: [],
  gapsFinal: false,
  messagesInQueue: null,
  totalCost: null,
  orphan: false,
  updatedAt: now,
};
const told = (effect: Effect, written: Written) =>
  sessionEntries({ station: { cpId: 'CP-1', protocol: 'ocpp1.6' }, effect, now }, written).map((entry) => ({
    ...entry,
    payload: JSON.parse(Buffer.from(entry.payload).toString()) as unknown,
  }));

describe('sessionEntries', () => {
  it('opens a session when a transaction starts', () => {
    expect(told(started, { fresh: true })).toMatchObject([
      {
        lane: 'backend',
        destination: '/api/eveys/sessions/open',
        cpId: 'CP-1',
        payload: {
          transaction_id: '42',
          protocol: 'ocpp1.6',
          evse_id: 2,
          connector_id: 1,
          id_token: 'TAG',
          id_token_type: null,
          id_token_status: 'Accepted',
          meter_start_wh: 100,
          started_at: '2026-01-01T11:59:58.000Z',
          remote_start_id: null,
          reservation_id: null,
        },
      },
    ]);
  });

  it('opens none for a start that comes after its end', () => {
    expect(told(started, { fresh: true, transaction })).toEqual([]);
  });

  it('closes it with the sums of the transaction when it ends', () => {
    expect(told(ended, { fresh: true, transaction })).toMatchObject([
      {
        destination: '/api/eveys/sessions/close',
        payload: {
          transaction_id: '42',
          evse_id: 2,
          id_token: 'TAG',
          meter_start_wh: 100,
          meter_stop_wh: 900,
          energy_wh: 800,
          started_at: '2026-01-01T11:00:00.000Z',
          ended_at: '2026-01-01T11:59:58.000Z',
          reason: 'EVDisconnected',
        },
      },
    ]);
  });

  it('closes an orphan under the id it is filed by, with no start', () => {
    const orphan = { ...transaction, transactionId: 'orphan-1', orphan: true, meterStartWh: null, energyWh: null };
    expect(told(ended, { fresh: true, transaction: orphan })).toMatchObject([
      { payload: { transaction_id: 'orphan-1', started_at: null, meter_start_wh: null, energy_wh: null } },
    ]);
  });

  it('closes none a second time when an Ended comes after the end was told', () => {
    expect(told(ended, { fresh: true, transaction, endTold: true })).toEqual([]);
  });

  it('closes one whose Ended will never come, when it was last heard of', () => {
    const status: Effect = {
      kind: 'transactionStatusTold',
      transactionId: '42',
      ongoing: false,
      messagesInQueue: false,
    };
    expect(told(status, { fresh: true, transaction })).toMatchObject([
      {
        destination: '/api/eveys/sessions/close',
        payload: { transaction_id: '42', energy_wh: 800, ended_at: at.toISOString(), reason: 'EndLost' },
      },
    ]);
    expect(told(status, { fresh: false })).toEqual([]);
  });

  it('says nothing of anything else', () => {
    expect(told({ ...started, kind: 'transactionUpdated' }, { fresh: true })).toEqual([]);
  });
});
