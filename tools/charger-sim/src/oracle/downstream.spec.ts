import { describe, expect, it } from '@jest/globals';
import { differencesDownstream, lastWords } from './downstream.ts';
import type { KeptTransaction } from './judge.ts';

const kept: KeptTransaction = {
  cp_id: 'CP1',
  transaction_id: '7',
  state: 'ended',
  evse_id: 0,
  connector_id: 1,
  id_token: 'ALICE',
  started_at: '2026-11-30T05:00:00.000Z',
  meter_start_wh: 0,
  meter_stop_wh: 5,
  energy_wh: 5,
};
const received = { cp_id: 'CP1', transaction_id: '7', id_token: 'ALICE', energy_wh: 5 };

describe('differencesDownstream', () => {
  it.each([
    ['the same', [received], []],
    ['nothing', [], ['7: the backend knows nothing of it']],
    ['another energy', [{ ...received, energy_wh: 4 }], ['7: the backend has energy 4, REST 5']],
    ['no token', [{ ...received, id_token: '' }], ['7: the backend has token null, REST ALICE']],
    [
      'the same at last',
      lastWords([
        { ...received, revision: 2 },
        { ...received, energy_wh: 4, revision: 1 },
      ]),
      [],
    ],
  ])('of a receiver that knows %s', (_, sessions, expected) => {
    expect(differencesDownstream('the backend', [kept], sessions).map(({ what }) => what)).toEqual(expected);
  });

  it('asks nothing of what goes on, or waits unassigned', () => {
    const others = [
      { ...kept, state: 'active' },
      { ...kept, unassigned_reason: 'no_transaction_fits' },
    ];
    expect(differencesDownstream('the backend', others, [])).toEqual([]);
  });
});
