import { describe, expect, it } from '@jest/globals';
import type { ImpliedSession } from '@ocpp-gw/conversation';
import { compareOthers, compareRow, matchRows, type Row } from './rows.ts';

const START = new Date('2026-11-01T10:00:00.000Z');
const END = new Date('2026-11-01T11:00:00.000Z');
const session: ImpliedSession = {
  transactionId: '7',
  evseId: 1,
  state: 'ended',
  start: { at: START, assumed: false },
  idToken: 'TAG',
  end: { at: END, assumed: false, reason: 'Local' },
  meterStartWh: 100,
  meterStopWh: 1100,
  energyWh: 1000,
};
const row = (fields: Partial<Row> = {}): Row =>
  ({
    transaction_id: '42',
    station_transaction_id: '42',
    updated_at: END.toISOString(),
    state: 'ended',
    evse_id: 1,
    id_token: 'tag',
    started_at: START.toISOString(),
    ended_at: END.toISOString(),
    end_inferred: null,
    meter_start_wh: 100,
    meter_stop_wh: 1100,
    energy_wh: 1000,
    stop_reason: 'Local',
    ...fields,
  }) as Row;
const differing = (fields: Partial<Row>, of: ImpliedSession = session, shiftMs = 0, believed = true) =>
  compareRow({ session: of, row: row(fields) }, shiftMs, () => believed).map(({ at }) => at);

describe('the row of a session', () => {
  it('agrees with what the recording implies', () => expect(differing({})).toEqual([]));

  it.each([
    ['state', { state: 'active' }],
    ['evse_id', { evse_id: 2 }],
    ['id_token', { id_token: 'OTHER' }],
    ['started_at', { started_at: END.toISOString() }],
    ['ended_at', { ended_at: null }],
    ['meter_start_wh', { meter_start_wh: null }],
    ['meter_stop_wh', { meter_stop_wh: 1 }],
    ['energy_wh', { energy_wh: 999 }],
    ['stop_reason', { stop_reason: 'Remote' }],
  ] satisfies [string, Partial<Row>][])('differs in its %s', (field, fields) => {
    expect(differing(fields)).toEqual([field]);
  });

  it('is missing', () => {
    expect(compareRow({ session }, 0, () => true)).toMatchObject([{ about: '7', now: 'no row' }]);
  });

  it('has times that were moved, and of times that nobody believes those of the receipt', () => {
    const moved = {
      started_at: new Date(START.getTime() + 5000).toISOString(),
      ended_at: new Date(END.getTime() + 5000).toISOString(),
    };
    expect(differing(moved)).toEqual(['started_at', 'ended_at']);
    expect(differing(moved, session, 5000)).toEqual([]);
    expect(differing(moved, session, 0, false)).toEqual([]);
  });

  it('may have an end that the gateway concluded where the recording has none', () => {
    const { end: _, ...running } = { ...session, state: 'active' as const, meterStopWh: null };
    expect(differing({ state: 'active', ended_at: null, stop_reason: null, meter_stop_wh: null }, running)).toEqual([]);
    expect(differing({ end_inferred: 'newer_start', stop_reason: 'EndLost' }, running)).toEqual([]);
    expect(differing({}, running)).toEqual(['state', 'ended_at', 'stop_reason', 'meter_stop_wh']);
  });
});

describe('the rows of a charge point', () => {
  it('are matched by the numbers of now, the newest one where there are several; the others are left', () => {
    const older = row({ transaction_id: '42-1', updated_at: START.toISOString() });
    const stranger = row({ transaction_id: '43', station_transaction_id: '43' });
    const newest = row();
    expect(matchRows([session], [older, stranger, newest], (id) => (id === '7' ? '42' : id))).toEqual({
      matched: [{ session, row: newest }],
      others: [older, stranger],
    });
  });
});

describe('the rows of one id of a charge point', () => {
  it('belong to its sessions in the order of their starts, and older ones to none', () => {
    const at = (hour: number) => `2026-11-0${hour}T10:00:00.000Z`;
    const [older, first, second] = [1, 2, 3].map((day) =>
      row({ transaction_id: `7-${day}`, station_transaction_id: '7', started_at: at(day), updated_at: at(day) }),
    ) as [Row, Row, Row];
    const { matched, others } = matchRows([session, { ...session, evseId: 2 }], [second, first, older], (id) => id);
    expect(matched.map((each) => [each.session.evseId, each.row?.transaction_id])).toEqual([
      [1, '7-2'],
      [2, '7-3'],
    ]);
    expect(others).toEqual([older]);
  });
});

describe('rows without a session', () => {
  const stop = row({ unassigned_reason: 'no_transaction_fits', assigned_to: null });
  const assigned = row({ unassigned_reason: null, assigned_to: '42' });

  it('are additional, unless they are stops that fit none in the recording either', () => {
    expect(compareOthers([stop, assigned], 1)).toEqual([]);
    expect(compareOthers([row({ unassigned_reason: null, assigned_to: null })], 0)).toMatchObject([
      { about: '42', recorded: 'no session' },
    ]);
    expect(compareOthers([stop], 0)).toMatchObject([{ about: 'unassigned stops', recorded: 0, now: 1 }]);
  });
});
