import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';

const { transactions, commands, statusHistory, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

const get = (path: string) => api.request('GET', `/api/v1/${path}`);

describe('a list of a period', () => {
  const of = 'charge-points/CP-1/';
  const lists = ['meter-values', 'security-events', 'station-events', 'status-history', 'commands'];

  it.each(['transactions', 'commands', ...lists.map((list) => of + list)])(
    'refuses one that ends before it begins: %s',
    async (path) => {
      const { status, body } = await get(`${path}?from=2026-01-02T00:00:00Z&to=2026-01-01T23:59:59Z`);
      expect([status, body.errors]).toEqual([400, [{ parameter: 'to', message: 'must not be before from' }]]);
      expect((await get(`${path}?from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z`)).status).toBe(200);
      const names = (await get(`${path}?nope=1`)).body.errors[0].message;
      expect(names).toMatch(/is not known here; known are .*\bfrom\b/);
    },
  );
});

describe('the list of transactions', () => {
  it('is narrowed by EVSE and tags, and sorted', async () => {
    await get('transactions?evse_id=2&tag=site:berlin&sort=started_at&id_token=T&remote_start_id=7');
    expect(transactions.list).toHaveBeenLastCalledWith({
      limit: 50,
      evseId: 2,
      tags: { site: 'berlin' },
      sort: 'started_at',
      idToken: 'T',
      remoteStartId: 7,
    });
    await get('transactions');
    expect(transactions.list).toHaveBeenLastCalledWith({ limit: 50, sort: '-started_at' });
  });
});

describe('the list of commands', () => {
  it('is narrowed by the tags of charge points', async () => {
    await get('commands?tag=site:berlin&tag=operator:x');
    expect(commands.list).toHaveBeenLastCalledWith({ limit: 50, tags: { site: 'berlin', operator: 'x' } });
  });
});

describe('the status history', () => {
  it('is of the charge point as it is registered, by EVSE, connector and status', async () => {
    statusHistory.list.mockResolvedValueOnce({
      items: [
        {
          eventId: 'e',
          occurredAt: new Date(1),
          recordedAt: new Date(2),
          protocol: 'ocpp1.6',
          evseId: 2,
          connectorId: 2,
          status: 'Faulted',
          errorCode: 'GroundFailure',
          info: null,
          vendorId: null,
          vendorErrorCode: null,
        },
      ],
      nextCursor: null,
    });
    const { body } = await get('charge-points/cp-1/status-history?evse_id=2&connector_id=2&status=Faulted');
    expect(statusHistory.list).toHaveBeenLastCalledWith({
      cpId: 'CP-1',
      limit: 200,
      evseId: 2,
      connectorId: 2,
      status: 'Faulted',
    });
    expect(body.items).toEqual([
      {
        event_id: 'e',
        occurred_at: '1970-01-01T00:00:00.001Z',
        recorded_at: '1970-01-01T00:00:00.002Z',
        protocol: 'ocpp1.6',
        evse_id: 2,
        connector_id: 2,
        status: 'Faulted',
        error_code: 'GroundFailure',
        info: null,
        vendor_id: null,
        vendor_error_code: null,
      },
    ]);
    expect((await get('charge-points/X/status-history')).status).toBe(404);
  });
});
