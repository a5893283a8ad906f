import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidCursorError } from '@ocpp-gw/contracts';
import { DatabaseUnavailableError } from '@ocpp-gw/persistence';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';

const { findings, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

const get = (path: string, token?: string) =>
  api.request('GET', `/api/v1/findings${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 31, 12, minute));

const record = {
  cpId: 'CP-1',
  finding: 'failed-authorization',
  findingId: '01a22b3e-2f00-7000-8000-5b1c2d3e4f51',
  severity: 'warning',
  firstSeenAt: at(1),
  lastSeenAt: at(2),
  count: 3,
  details: ['Authorize was answered Blocked'],
  frameEventIds: ['01a22b3e-2f00-7000-8000-5b1c2d3e4f50'],
  vendor: 'Acme',
  model: null,
  firmwareVersion: null,
  openedAt: at(3),
  endedAt: null,
};

describe('the list of what is wrong in the fleet', () => {
  it('has each finding with what to check first', async () => {
    findings.list.mockResolvedValueOnce({
      items: [record, { ...record, cpId: 'CP-2', endedAt: at(9) }],
      nextCursor: 'more',
    });
    const { status, body } = await get('', 'read-token');
    expect([status, body.next_cursor]).toEqual([200, 'more']);
    expect(body.items).toEqual([
      {
        finding_id: record.findingId,
        cp_id: 'CP-1',
        finding: 'failed-authorization',
        severity: 'warning',
        title: 'Id tokens are refused',
        state: 'open',
        first_seen_at: '2026-01-31T12:01:00.000Z',
        last_seen_at: '2026-01-31T12:02:00.000Z',
        opened_at: '2026-01-31T12:03:00.000Z',
        ended_at: null,
        count: 3,
        details: record.details,
        frame_event_ids: record.frameEventIds,
        first_check: expect.stringContaining('Check the status of the id token'),
        ...{ vendor: 'Acme', model: null, firmware_version: null },
      },
      expect.objectContaining({ cp_id: 'CP-2', state: 'ended', ended_at: '2026-01-31T12:09:00.000Z' }),
    ]);
  });

  it('has those that are open, unless it is asked for others', async () => {
    await get('');
    expect(findings.list).toHaveBeenLastCalledWith({ limit: 50, state: 'open' });
    const filters = 'finding=meter-gap&severity=warning&cp_id=CP-1&vendor=acme&model=one&firmware_version=1.2';
    await get(`?state=ended&${filters}&since=2026-01-31T12:00:00Z&tag=site:berlin&limit=7`);
    expect(findings.list).toHaveBeenLastCalledWith({
      ...{ limit: 7, state: 'ended', finding: 'meter-gap', severity: 'warning', cpId: 'CP-1', vendor: 'acme' },
      ...{ model: 'one', firmwareVersion: '1.2', since: at(0), tags: { site: 'berlin' } },
    });
  });

  it('refuses what it does not know, and says when Postgres is away', async () => {
    expect((await get('?severity=bad')).status).toBe(400);
    expect((await get('?nope=1')).status).toBe(400);
    expect((await get('', 'command-token')).status).toBe(403);
    findings.list.mockRejectedValueOnce(new InvalidCursorError());
    expect((await get('?cursor=abc')).status).toBe(400);
    findings.list.mockRejectedValueOnce(new DatabaseUnavailableError('away'));
    const { status, body } = await get('');
    expect([status, body.dependency]).toEqual([503, 'postgres']);
  });
});

it('counts what is wrong by finding, vendor and firmware', async () => {
  const counts = { open: 3, chargePoints: 2 };
  findings.summary.mockResolvedValueOnce({
    ...counts,
    byFinding: [{ finding: 'meter-gap', severity: 'warning', ...counts }],
    byVendor: [{ vendor: null, ...counts }],
    byFirmware: [{ vendor: 'Acme', model: 'One', firmwareVersion: '1.2', ...counts }],
  });
  const shown = { open: 3, charge_points: 2 };
  expect(await get('/summary', 'read-token')).toMatchObject({
    status: 200,
    body: {
      ...shown,
      by_finding: [{ finding: 'meter-gap', severity: 'warning', ...shown }],
      by_vendor: [{ vendor: null, ...shown }],
      by_firmware: [{ vendor: 'Acme', model: 'One', firmware_version: '1.2', ...shown }],
    },
  });
  expect((await get('/summary', 'command-token')).status).toBe(403);
});
