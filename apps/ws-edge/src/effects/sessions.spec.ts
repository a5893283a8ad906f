import { describe, expect, it } from '@jest/globals';
import type { Effect, TransactionEndedEffect, TransactionStartedEffect } from '@ocpp-gw/ocpp-j';
import type { Entry } from '@ocpp-gw/persistence/facts';
import { sessionEntries } from './sessions.ts';
import { DecidedStation } from './testdata/decided.ts';

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
  naturalKey: { connectorId: 1, idTag: 'TAG', timestamp: '2026-01-01T11:00:00Z', meterStart: 100 },
  samples: [],
  time: { at: new Date('2026-01-01T11:00:00Z') },
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
const stop: Effect = { ...ended, transactionId: '-1', unnamed: true };
const event = { evseId: 2, connectorId: 1, samples: [], time: { at } };
const begun: Effect = { ...event, kind: 'transactionStarted', transactionId: 'T', seqNo: 0 };

/** What the last of the effects of a station tells the backend. */
function tells(effects: readonly Effect[], updates = false) {
  const station = new DecidedStation({ cpId: 'CP-1', protocol: 'ocpp1.6' });
  const entry = effects.map((effect) => station.take(effect, now)).at(-1) as Entry;
  return sessionEntries(entry, updates).map((one) => ({
    ...one,
    payload: JSON.parse(Buffer.from(one.payload).toString()) as unknown,
  }));
}

const status = (ongoing: boolean): Effect => ({
  kind: 'transactionStatusReported',
  transactionId: 'T',
  ongoing,
  messagesInQueue: false,
});

describe('sessionEntries', () => {
  it('opens a session when a transaction starts', () => {
    expect(tells([started])).toEqual([
      {
        lane: 'backend',
        destination: '/api/eveys/sessions/open',
        cpId: 'CP-1',
        eventId: expect.any(String),
        payload: {
          transaction_id: '42',
          station_transaction_id: '42',
          revision: 1,
          protocol: 'ocpp1.6',
          evse_id: 2,
          connector_id: 1,
          id_token: 'TAG',
          id_token_type: null,
          id_token_status: 'Accepted',
          meter_start_wh: 100,
          started_at: '2026-01-01T11:00:00.000Z',
          remote_start_id: null,
          reservation_id: null,
        },
      },
    ]);
  });

  it('closes it with the sums of the transaction when it ends', () => {
    expect(tells([started, ended])).toMatchObject([
      {
        destination: '/api/eveys/sessions/close',
        payload: {
          transaction_id: '42',
          station_transaction_id: '42',
          revision: 2,
          evse_id: 2,
          id_token: 'TAG',
          meter_start_wh: 100,
          meter_stop_wh: 900,
          energy_wh: 800,
          energy_reason: null,
          started_at: '2026-01-01T11:00:00.000Z',
          ended_at: '2026-01-01T11:59:58.000Z',
          reason: 'EVDisconnected',
          end_inferred: null,
          unassigned_reason: null,
          assigned_to: null,
        },
      },
    ]);
  });

  it('says why there is no energy', () => {
    expect(tells([started, { ...ended, meterStopWh: 50 }])).toMatchObject([
      { payload: { meter_start_wh: 100, meter_stop_wh: 50, energy_wh: null, energy_reason: 'register_fell' } },
    ]);
  });

  it('says nothing when either comes again', () => {
    expect(tells([started, started])).toEqual([]);
    expect(tells([started, ended, ended])).toEqual([]);
    expect(tells([started, ended, started])).toEqual([]);
  });

  it('opens none for a start that comes after its end, and closes it anew with what is known by then', () => {
    const over: Effect = { ...event, kind: 'transactionEnded', transactionId: 'T', seqNo: 3, reason: 'Local' };
    expect(tells([over])).toMatchObject([
      { destination: '/api/eveys/sessions/close', payload: { revision: 1, started_at: null } },
    ]);
    expect(tells([over, begun])).toMatchObject([
      { destination: '/api/eveys/sessions/close', payload: { revision: 2, started_at: at.toISOString() } },
    ]);
  });

  it('closes a stop that fits no transaction under an id of its own, with no start and no energy', () => {
    expect(tells([stop])).toMatchObject([
      {
        destination: '/api/eveys/sessions/close',
        payload: {
          transaction_id: expect.stringMatching(/^stop-/),
          station_transaction_id: '-1',
          revision: 1,
          started_at: null,
          meter_start_wh: null,
          meter_stop_wh: 900,
          energy_wh: null,
          unassigned_reason: 'no_transaction_fits',
          assigned_to: null,
        },
      },
    ]);
  });

  it('closes it again as that of the transaction which it turns out to end, and that transaction', () => {
    expect(tells([stop, started])).toMatchObject([
      {
        destination: '/api/eveys/sessions/close',
        payload: { revision: 2, unassigned_reason: null, assigned_to: '42', energy_wh: null },
      },
      {
        destination: '/api/eveys/sessions/close',
        payload: { transaction_id: '42', energy_wh: 800, reason: 'EVDisconnected' },
      },
    ]);
  });

  it('closes one whose Ended will never come, when it was last heard of, and anew when it comes all the same', () => {
    const heard: Effect = { ...event, kind: 'transactionUpdated', transactionId: 'T', seqNo: 1, time: { at } };
    expect(tells([begun, heard, status(false)])).toMatchObject([
      {
        destination: '/api/eveys/sessions/close',
        payload: {
          transaction_id: 'T',
          revision: 2,
          ended_at: at.toISOString(),
          reason: 'EndLost',
          end_inferred: 'status_answer',
        },
      },
    ]);
    expect(tells([begun, heard, status(false), status(false)])).toEqual([]);
    expect(tells([begun, heard, status(true)])).toEqual([]);
    const over: Effect = { ...event, kind: 'transactionEnded', transactionId: 'T', seqNo: 2, reason: 'Local' };
    expect(tells([begun, heard, status(false), over])).toMatchObject([
      { destination: '/api/eveys/sessions/close', payload: { revision: 3, reason: 'Local', end_inferred: null } },
    ]);
  });

  it('closes what must have ended before it opens what took its place', () => {
    const next: Effect = {
      ...started,
      transactionId: '43',
      idToken: { idToken: 'OTHER' },
      naturalKey: undefined,
      time: { at: now },
    };
    expect(tells([started, next])).toMatchObject([
      {
        destination: '/api/eveys/sessions/close',
        payload: { transaction_id: '42', reason: 'EndLost', end_inferred: 'newer_start' },
      },
      { destination: '/api/eveys/sessions/open', payload: { transaction_id: '43', id_token: 'OTHER' } },
    ]);
  });

  it('tells what has changed of a running one to a backend that takes updates, and to no other', () => {
    const remoteStart: Effect = {
      kind: 'remoteStartSent',
      remoteStartId: 7,
      idToken: 'tag',
      connectorId: 0,
      sentAt: new Date(now.getTime() - 1000),
    };
    const refused: Effect = { kind: 'remoteStartRefused', remoteStartId: 7 };
    expect(tells([remoteStart, started])).toMatchObject([{ payload: { remote_start_id: 7 } }]);
    expect(tells([remoteStart, started, refused], true)).toMatchObject([
      {
        destination: '/api/eveys/sessions/update',
        payload: { transaction_id: '42', revision: 2, remote_start_id: null },
      },
    ]);
    expect(tells([remoteStart, started, refused])).toEqual([]);
    expect(tells([remoteStart, started, refused, ended])).toMatchObject([
      { payload: { revision: 3, remote_start_id: null } },
    ]);
  });

  it('says nothing of progress, nor of anything else', () => {
    const update: Effect = {
      ...event,
      kind: 'transactionUpdated',
      transactionId: 'T',
      seqNo: 1,
      chargingState: 'Charging',
    };
    expect(tells([begun, update], true)).toEqual([]);
    expect(tells([{ kind: 'localListVersion', version: 1 }], true)).toEqual([]);
  });
});
