import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidCursorError } from '@ocpp-gw/contracts';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { problemType } from '../problems/registry.ts';

const { deviceMirror, reports, stationEvents, overrides } = fakes();
const AT = '2026-01-02T03:04:05.678Z';
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

const get = (path: string, headers?: Record<string, string>) =>
  api.request('GET', `/api/v1/charge-points/${path}`, { headers: headers ?? {} });

const VARIABLE = {
  component: 'EVSE',
  component_instance: null,
  evse_id: 1,
  connector_id: 0,
  variable: 'Power',
  variable_instance: 'L1',
};

const REPORT = {
  ocpp_request_id: 8123,
  kind: 'DeviceModel',
  state: 'timed_out',
  parts: 2,
  missing_seq_nos: [1],
  requested_at: AT,
  updated_at: AT,
  completed_at: null,
};

const LISTS: [string, object][] = [
  [
    'monitors',
    { monitor_id: 7, ...VARIABLE, type: 'UpperThreshold', value: 11.5, severity: 3, transaction: true, seen_at: AT },
  ],
  [
    'display-messages',
    {
      message_id: 3,
      priority: 'InFront',
      state: null,
      start_date_time: null,
      end_date_time: null,
      transaction_id: null,
      message: { format: 'UTF8', language: null, content: 'Closed' },
      display: { component: 'Display', component_instance: null, evse_id: 2, connector_id: 0 },
      seen_at: AT,
    },
  ],
  [
    'network-profiles',
    {
      configuration_slot: 1,
      ocpp_version: 'OCPP20',
      ocpp_transport: 'JSON',
      ocpp_csms_url: 'wss://csms.example.com',
      message_timeout: 30,
      security_profile: 2,
      ocpp_interface: 'Wireless0',
      apn: {
        apn: 'internet',
        apn_user_name: null,
        preferred_network: null,
        use_only_preferred_network: null,
        apn_authentication: 'PAP',
      },
      vpn: { server: 'vpn.example.com', user: 'hub', group: null, type: 'IKEv2' },
      set_at: AT,
    },
  ],
  [
    'charging-limits',
    {
      evse_id: 0,
      source: 'SO',
      grid_critical: true,
      schedules: [
        {
          duration: null,
          start_schedule: null,
          charging_rate_unit: 'W',
          min_charging_rate: null,
          periods: [{ start_period: 0, limit: 4200, number_phases: null, phase_to_use: null }],
        },
      ],
      set_at: AT,
    },
  ],
  [
    'firmware-publications',
    {
      ocpp_request_id: 9,
      location: 'https://host/image',
      checksum: 'ab',
      status: 'Published',
      locations: ['http://hub/image'],
      requested_at: AT,
      status_at: AT,
      unpublished_at: null,
    },
  ],
  ['reports', REPORT],
];

describe('what a charge point of 2.0.1 tells of itself', () => {
  it.each(LISTS)('shows %s as a list of one page', async (name, item) => {
    const { status, body } = await get(`cp-1/${name}`);
    expect([status, body]).toEqual([200, { items: [item], next_cursor: null }]);
  });

  it('shows variables in pages, picked by component, variable and EVSE', async () => {
    const { body } = await get('cp-1/variables?component=EVSE&variable=Power&evse_id=1&limit=1&cursor=abc');
    expect(deviceMirror.variables).toHaveBeenLastCalledWith('CP-1', {
      component: 'EVSE',
      variable: 'Power',
      evseId: 1,
      limit: 1,
      cursor: 'abc',
    });
    expect(body).toEqual({
      items: [
        {
          ...VARIABLE,
          attribute_type: 'Actual',
          value: '11000',
          mutability: 'ReadOnly',
          persistent: false,
          constant: null,
          characteristics: {
            unit: 'W',
            data_type: 'decimal',
            min_limit: null,
            max_limit: 22000,
            values_list: null,
            supports_monitoring: true,
          },
          reboot_required: false,
          seen_at: AT,
        },
      ],
      next_cursor: 'next',
    });
  });

  it('refuses a cursor of variables that no page gave out', async () => {
    deviceMirror.variables.mockRejectedValueOnce(new InvalidCursorError());
    expect(await get('cp-1/variables?cursor=x')).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'cursor' }] },
    });
  });

  it('shows one report with the items of all its parts as the charge point sent them', async () => {
    const { status, body } = await get('cp-1/reports/8123');
    expect([status, body]).toEqual([
      200,
      { ...REPORT, generated_at: AT, items: [{ component: { name: 'EVSE' } }, 'text'] },
    ]);
    expect(reports.get).toHaveBeenLastCalledWith('CP-1', 8123);
  });

  it('answers 404 to a report that there is not', async () => {
    expect(await get('cp-1/reports/1')).toMatchObject({ status: 404, body: { type: problemType('report-not-found') } });
  });

  it.each([...LISTS.map(([name]) => name), 'variables', 'reports/8123', 'station-events'])(
    'answers 404 to %s of an unknown charge point, and 403 to who may not read',
    async (name) => {
      expect(await get(`X/${name}`)).toMatchObject({
        status: 404,
        body: { type: problemType('charge-point-not-found') },
      });
      expect((await get(`cp-1/${name}`, { authorization: 'Bearer command-token' })).status).toBe(403);
    },
  );

  it.each([
    'variables?evse_id=-1',
    'variables?evse_id=one',
    'variables?component=',
    'reports/last',
    'reports/2147483648',
    'reports?limit=0',
    'station-events?from=yesterday',
    'station-events?trigger=Delta',
  ])('refuses %s', async (path) => {
    expect((await get(`cp-1/${path}`)).body.type).toBe(problemType('invalid-parameter'));
  });
});

describe('station events', () => {
  it('come in pages, filtered by time, component, variable and EVSE', async () => {
    stationEvents.list.mockResolvedValueOnce({
      items: [
        {
          eventId: 'e',
          occurredAt: new Date(AT),
          recordedAt: new Date(AT),
          protocol: 'ocpp2.0.1',
          eventNumber: 0,
          trigger: 'Alerting',
          notificationType: 'CustomMonitor',
          component: 'EVSE',
          componentInstance: null,
          evseId: 1,
          connectorId: 0,
          variable: 'Power',
          variableInstance: 'L1',
          actualValue: '22000',
          cause: null,
          techCode: 'E7',
          techInfo: null,
          cleared: false,
          transactionId: null,
          monitorId: 7,
        },
      ],
      nextCursor: 'next',
    });
    const { body } = await get(
      'cp-1/station-events?from=2026-01-01T00:00:00Z&component=EVSE&variable=Power&evse_id=0&limit=1',
    );
    expect(stationEvents.list).toHaveBeenLastCalledWith({
      cpId: 'CP-1',
      from: new Date('2026-01-01T00:00:00Z'),
      component: 'EVSE',
      variable: 'Power',
      evseId: 0,
      limit: 1,
    });
    expect(body).toEqual({
      items: [
        {
          occurred_at: AT,
          recorded_at: AT,
          event_number: 0,
          trigger: 'Alerting',
          notification_type: 'CustomMonitor',
          ...VARIABLE,
          actual_value: '22000',
          cause: null,
          tech_code: 'E7',
          tech_info: null,
          cleared: false,
          transaction_id: null,
          monitor_id: 7,
          protocol: 'ocpp2.0.1',
          event_id: 'e',
        },
      ],
      next_cursor: 'next',
    });
  });
});
