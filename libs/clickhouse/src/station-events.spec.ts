import { describe, expect, it, jest } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { encodeCursor } from '@ocpp-gw/contracts';
import { StationEvents, stationEventQuery } from './station-events.ts';

const EVENT = '01890a5d-ac96-774b-bcce-b302099a8057';

const row = {
  event_id: EVENT,
  occurred_ms: '1767323045678',
  recorded_ms: '1767323046000',
  protocol: 'ocpp2.0.1',
  event_number: 0,
  trigger: 'Alerting',
  notification_type: 'CustomMonitor',
  component: 'EVSE',
  component_instance: '',
  evse_id: 1,
  connector_id: 0,
  variable: 'Power',
  variable_instance: 'L1',
  actual_value: '',
  cause: 0,
  tech_code: '',
  tech_info: '',
  cleared: true,
  transaction_id: '',
  monitor_id: null,
};

describe('stationEventQuery', () => {
  it('puts every filter into the query as a parameter, never as text', () => {
    const { query, params } = stationEventQuery({
      cpId: "CP' OR 1",
      from: new Date(1),
      to: new Date(2),
      component: "EVSE'",
      variable: "Power'",
      evseId: 0,
      limit: 5,
      cursor: encodeCursor([3, EVENT]),
    });
    expect(query).not.toContain("'");
    expect(params).toEqual({
      cp_id: "CP' OR 1",
      from: 1,
      to: 2,
      component: "EVSE'",
      variable: "Power'",
      evse_id: 0,
      after_at: 3,
      after_event_id: EVENT,
      rows: 6,
    });
  });

  it('asks for all events of the charger where nothing is filtered', () => {
    const { query, params } = stationEventQuery({ cpId: 'CP', limit: 1 });
    expect(query).toMatch(/WHERE cp_id = \{cp_id:String\}\n/);
    expect(params).toEqual({ cp_id: 'CP', rows: 2 });
  });
});

describe('station events', () => {
  it('give empty texts as null but for the value, and times as dates', async () => {
    const client = { query: jest.fn(async () => ({ json: async () => [row] })) } as unknown as ClickHouseClient;
    expect(await new StationEvents(client).list({ cpId: 'CP', limit: 10 })).toEqual({
      items: [
        {
          eventId: EVENT,
          occurredAt: new Date(1767323045678),
          recordedAt: new Date(1767323046000),
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
          actualValue: '',
          cause: 0,
          techCode: null,
          techInfo: null,
          cleared: true,
          transactionId: null,
          monitorId: null,
        },
      ],
      nextCursor: null,
    });
  });
});
