import { describe, expect, it } from '@jest/globals';
import { decodeEvent, encodeEvent } from '@ocpp-gw/contracts';
import {
  chargingLimitEvent,
  chargingNeedsEvent,
  chargingScheduleEvent,
  dataEvent,
  deviatedEvent,
  endedEvent,
  findingEvent,
  firmwareEvent,
  logEvent,
  publicationEvent,
  managedEvent,
  reportEvent,
  reservationEvent,
  securityEvent,
  signingEvent,
  stationEvent,
  type TestEvent,
} from '@ocpp-gw/testing';
import { eventBody } from './event-body.ts';

describe('eventBody', () => {
  const event = decodeEvent(
    encodeEvent(
      endedEvent(
        {
          transactionId: 't1',
          meterStartWh: 0,
          energyWh: undefined,
          startedAt: new Date('2026-03-01T09:00:00Z'),
          missingSeqNos: [2, 3],
          samples: [{ measurand: 'Voltage', rawValue: '230' }],
        },
        {
          protocol: 'ocpp2.0.1',
          pod: 'pod-1',
          occurredAt: new Date('2026-03-01T10:00:00Z'),
          recordedAt: new Date('2026-03-01T10:00:01Z'),
        },
      ),
    ),
  );

  it('is type, time and the whole event under its protobuf names', () => {
    expect(JSON.parse(eventBody(event))).toEqual({
      type: 'tx.ended',
      timestamp: '2026-03-01T10:00:00.000Z',
      data: {
        id: event.id,
        schema_version: 1,
        cp_id: 'CP1',
        protocol: 'ocpp2.0.1',
        occurred_at: '2026-03-01T10:00:00.000Z',
        occurred_at_raw: '',
        recorded_at: '2026-03-01T10:00:01.000Z',
        pod: 'pod-1',
        traceparent: '',
        payload_type: 'transaction_ended',
        payload: expect.objectContaining({
          transaction_id: 't1',
          meter_start_wh: 0,
          energy_wh: null,
          started_at: '2026-03-01T09:00:00.000Z',
          missing_seq_nos: [2, 3],
          samples: [expect.objectContaining({ measurand: 'Voltage', raw_value: '230', value: null })],
        }),
      },
    });
  });

  it.each<[string, string, TestEvent, object]>([
    [
      'cp.firmware',
      'firmware_status_changed',
      firmwareEvent({ ocppRequestId: 0 }),
      { status: 'Installed', ocpp_request_id: 0, signed: true },
    ],
    [
      'cp.log',
      'log_status_changed',
      logEvent({ ocppRequestId: undefined }),
      { status: 'Uploaded', ocpp_request_id: null, diagnostics: false },
    ],
    [
      'cp.security',
      'security_event_occurred',
      securityEvent(),
      { event_type: 'TamperDetectionActivated', tech_info: '' },
    ],
    [
      'cp.security',
      'certificate_signing_requested',
      signingEvent({ csr: 'PEM', status: 'Rejected', refusal: 'key too short' }),
      { csr: 'PEM', status: 'Rejected', refusal: 'key too short', common_name: 'CP1', certificate_type: '' },
    ],
    [
      'cp.data',
      'data_transferred',
      dataEvent(),
      { vendor_id: 'com.example', message_id: 'Ping', data: '{}', status: 'Accepted' },
    ],
    [
      'cp.event',
      'station_event_occurred',
      stationEvent({ cause: 0 }),
      {
        event_number: 1,
        trigger: 'Alerting',
        notification_type: 'CustomMonitor',
        component: 'EVSE',
        component_instance: '',
        evse_id: 1,
        connector_id: 0,
        variable: 'Power',
        variable_instance: '',
        actual_value: '22000',
        cause: 0,
        tech_code: '',
        tech_info: '',
        cleared: false,
        transaction_id: '',
        monitor_id: 7,
      },
    ],
    [
      'cp.firmware',
      'firmware_publication_changed',
      publicationEvent({ ocppRequestId: undefined }),
      { status: 'Published', ocpp_request_id: null, locations: ['http://hub.local/firmware'] },
    ],
    [
      'cp.charging',
      'charging_limit_changed',
      chargingLimitEvent({ gridCritical: true }),
      { evse_id: 1, source: 'EMS', cleared: false, grid_critical: true, schedules_json: '[]' },
    ],
    [
      'cp.charging',
      'ev_charging_needs_reported',
      chargingNeedsEvent({ needsJson: '{}', maxScheduleTuples: undefined }),
      { evse_id: 1, needs_json: '{}', max_schedule_tuples: null, status: 'Accepted' },
    ],
    [
      'cp.charging',
      'ev_charging_schedule_reported',
      chargingScheduleEvent({ scheduleJson: '{}', status: 'Rejected' }),
      { evse_id: 1, schedule_json: '{}', status: 'Rejected' },
    ],
    ['cp.reservation', 'reservation_ended', reservationEvent(), { reservation_id: 1, status: 'Expired' }],
    [
      'cp.station',
      'charge_point_managed',
      managedEvent(),
      {
        registered_at: '2026-01-01T12:00:00.000Z',
        retired_at: null,
        tags: [{ name: 'site', value: 'North' }],
        time_zone: '',
      },
    ],
    [
      'cp.deviation',
      'field_deviated',
      deviatedEvent({ count: 3 }),
      {
        action: 'MeterValues',
        rule: 'text-for-number',
        direction: 'request',
        count: 3,
        first_at: '2026-01-01T12:00:00.000Z',
        last_at: '2026-01-01T12:00:00.000Z',
        connection_id: '00000000-0000-4000-8000-000000000001',
        vendor: 'Vendor',
        model: 'Model',
        firmware_version: '1.0',
      },
    ],
    [
      'cp.finding',
      'finding_changed',
      findingEvent({ state: 'ended', count: 2 }),
      {
        finding_id: '019b7a5c-9c00-7000-8000-000000000002',
        finding: 'failed-authorization',
        severity: 'warning',
        state: 'ended',
        title: 'Id tokens are refused',
        first_seen_at: '2026-01-01T12:00:00.000Z',
        last_seen_at: '2026-01-01T12:00:00.000Z',
        count: 2,
        details: ['Authorize was answered Blocked'],
        frame_event_ids: ['019b7a5c-9c00-7000-8000-000000000003'],
        vendor: 'Vendor',
        model: 'Model',
        firmware_version: '1.0',
      },
    ],
    ['cp.report', 'report_completed', reportEvent(), { report: 'DeviceModel', ocpp_request_id: 1, parts: 2 }],
  ])('has every field of %s, %s, under payload', (type, payloadType, made, payload) => {
    const body = JSON.parse(eventBody(decodeEvent(encodeEvent(made))));
    expect([body.type, body.data.payload_type, body.data.payload]).toEqual([type, payloadType, payload]);
  });

  it('is the same however often the event is read', () => {
    expect(eventBody(decodeEvent(encodeEvent(event)))).toBe(eventBody(event));
  });

  it('is dated by the gateway where the charger gave no time', () => {
    expect(JSON.parse(eventBody({ ...event, occurredAt: undefined }))).toMatchObject({
      timestamp: '2026-03-01T10:00:01.000Z',
    });
  });
});
