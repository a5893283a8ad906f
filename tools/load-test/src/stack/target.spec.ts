import { afterEach, describe, expect, it } from '@jest/globals';
import { startRest, type Rest } from '../testdata/rest.ts';
import { useTarget } from './target.ts';

let rest: Rest | undefined;
afterEach(() => rest?.stop());

describe('useTarget', () => {
  it('reads the transactions of each charger through REST, and only those of this run', async () => {
    const since = Date.parse('2026-12-01T10:00:00Z');
    const record = { cp_id: 'L-1', state: 'ended', meter_start_wh: 1, meter_stop_wh: 5 };
    rest = await startRest(({ url = '' }) => ({
      status: 200,
      body: {
        items: url.includes('cp_id=L-1')
          ? [
              { ...record, transaction_id: 'before', started_at: '2026-12-01T09:00:00Z' },
              { ...record, transaction_id: 'now', started_at: '2026-12-01T10:00:01Z' },
            ]
          : [],
      },
    }));
    const target = useTarget({ urls: ['ws://a'], rest: rest.url, token: 't' });
    expect(await target.readKept(['L-1', 'L-2'], since)).toEqual({
      transactions: [{ cpId: 'L-1', transactionId: 'now', state: 'ended', meterStartWh: 1, meterLastWh: 5 }],
      numbered: [],
      undelivered: {},
    });
    expect(rest.requests.every((request) => request.startsWith('GET /transactions'))).toBe(true);
    expect(target.watched).toBeUndefined();
  });
});
