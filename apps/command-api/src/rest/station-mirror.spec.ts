import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { problemType } from '../problems/registry.ts';

const { stationMirror, securityEvents, overrides } = fakes();
const AT = '2026-01-02T03:04:05.678Z';
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

const get = (path: string, headers?: Record<string, string>) =>
  api.request('GET', `/api/v1/charge-points/${path}`, { headers: headers ?? {} });

const LISTS: [string, object][] = [
  ['configuration', { key: 'HeartbeatInterval', value: '300', readonly: false, reboot_required: false, seen_at: AT }],
  [
    'reservations',
    {
      reservation_id: 7,
      evse_id: 1,
      connector_type: null,
      id_token: 'TAG',
      group_id_token: null,
      expires_at: AT,
      state: 'expired',
      transaction_id: null,
      created_at: AT,
      updated_at: AT,
    },
  ],
  [
    'charging-profiles',
    {
      charging_profile_id: 5,
      evse_id: 0,
      stack_level: 1,
      purpose: 'ChargingStationMaxProfile',
      kind: 'Absolute',
      recurrency_kind: null,
      valid_from: AT,
      valid_to: null,
      transaction_id: null,
      source: 'CSO',
      schedule: {
        duration: null,
        start_schedule: null,
        charging_rate_unit: 'A',
        min_charging_rate: null,
        periods: [{ start_period: 0, limit: 16.5, number_phases: 3, phase_to_use: null }],
      },
      alternatives: [
        {
          duration: 60,
          start_schedule: null,
          charging_rate_unit: 'W',
          min_charging_rate: null,
          periods: [{ start_period: 0, limit: 1, number_phases: 1, phase_to_use: 2 }],
        },
      ],
      set_at: AT,
    },
  ],
  ['availability', { evse_id: 1, connector_id: 1, operative: false, scheduled: true, changed_at: AT }],
  [
    'firmware-updates',
    {
      ocpp_request_id: null,
      signed: false,
      location: 'ftp://host/image',
      retrieve_at: AT,
      install_at: null,
      requested_at: AT,
      status: 'Installed',
      status_at: AT,
    },
  ],
  [
    'log-uploads',
    {
      log_type: 'Diagnostics',
      ocpp_request_id: null,
      location: 'ftp://host/logs',
      oldest: null,
      latest: AT,
      file_name: 'd.zip',
      requested_at: AT,
      status: null,
      status_at: null,
    },
  ],
  [
    'installed-certificates',
    {
      certificate_type: 'CentralSystemRootCertificate',
      hash_algorithm: 'SHA256',
      issuer_name_hash: 'ab',
      issuer_key_hash: 'cd',
      serial_number: '01',
      certificate: null,
      seen_at: AT,
    },
  ],
  [
    'certificate-signings',
    {
      id: '9',
      certificate_type: 'V2GCertificate',
      csr: 'CSR',
      state: 'refused',
      public_key: null,
      common_name: null,
      refusal: 'key too short',
      certificate_chain: null,
      requested_at: AT,
      settled_at: AT,
    },
  ],
];

describe('the mirror of a charge point', () => {
  it.each(LISTS)('shows %s as a list of one page', async (name, item) => {
    const { status, body } = await get(`cp-1/${name}`);
    expect([status, body]).toEqual([200, { items: [item], next_cursor: null }]);
  });

  it('shows the version of the local list, null where the charge point has not reported it', async () => {
    expect((await get('cp-1/local-list')).body).toEqual({ version: 3, updated_at: AT });
    stationMirror.localList.mockResolvedValueOnce(null);
    expect((await get('cp-1/local-list')).body).toEqual({ version: null, updated_at: null });
  });

  it.each([...LISTS.map(([name]) => name), 'local-list', 'security-events'])(
    'answers 404 to %s of an unknown charge point, and 403 to who may not read',
    async (name) => {
      expect(await get(`X/${name}`)).toMatchObject({
        status: 404,
        body: { type: problemType('charge-point-not-found') },
      });
      expect((await get(`cp-1/${name}`, { authorization: 'Bearer command-token' })).status).toBe(403);
    },
  );

  it('is asked for by the identity as registered, with the state and the number asked for', async () => {
    await get('cp-1/reservations?state=active');
    expect(stationMirror.reservations).toHaveBeenLastCalledWith('CP-1', { state: 'active' });
    await get('cp-1/firmware-updates?limit=3');
    expect(stationMirror.firmwareUpdates).toHaveBeenLastCalledWith('CP-1', 3);
    await get('cp-1/log-uploads');
    expect(stationMirror.logUploads).toHaveBeenLastCalledWith('CP-1', 50);
  });

  it.each(['reservations?state=gone', 'firmware-updates?limit=0', 'certificate-signings?cursor=x'])(
    'refuses %s',
    async (path) => {
      expect((await get(`cp-1/${path}`)).body.type).toBe(problemType('invalid-parameter'));
    },
  );
});

describe('security events', () => {
  it('come in pages, filtered by time and type', async () => {
    securityEvents.list.mockResolvedValueOnce({
      items: [
        {
          eventId: 'e',
          occurredAt: new Date(AT),
          recordedAt: new Date(AT),
          protocol: 'ocpp1.6',
          type: 'TamperDetectionActivated',
          techInfo: null,
        },
      ],
      nextCursor: 'next',
    });
    const { body } = await get('cp-1/security-events?from=2026-01-01T00:00:00Z&type=TamperDetectionActivated&limit=1');
    expect(securityEvents.list).toHaveBeenLastCalledWith({
      cpId: 'CP-1',
      from: new Date('2026-01-01T00:00:00Z'),
      type: 'TamperDetectionActivated',
      limit: 1,
    });
    expect(body).toEqual({
      items: [
        {
          event_id: 'e',
          occurred_at: AT,
          recorded_at: AT,
          protocol: 'ocpp1.6',
          type: 'TamperDetectionActivated',
          tech_info: null,
        },
      ],
      next_cursor: 'next',
    });
  });
});
