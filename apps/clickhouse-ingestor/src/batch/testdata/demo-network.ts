import type { Event } from '@ocpp-gw/contracts';
import {
  bootedEvent,
  commandEvent,
  connectionEvent,
  endedEvent,
  managedEvent,
  meterEvent,
  startedEvent,
  statusEvent,
} from '@ocpp-gw/testing';
import { eventsOf, facts, timeOf, type DemoSession } from './demo-session.ts';

/* The network of docs/data: three chargers that charge on 5 January 2026, and one that never connected. */

const SITES = { 'CP-1': 'North', 'CP-2': 'North', 'CP-3': 'South', 'CP-4': 'South' } as const;
const FIRMWARE = { 'CP-1': '1.4.2', 'CP-2': '1.4.2', 'CP-3': '1.3.9' } as const;
const BERLIN = 'Europe/Berlin';

const status = (cpId: string, time: string, value: string, errorCode = ''): Event =>
  statusEvent({ status: value, errorCode: errorCode || (cpId === 'CP-1' ? 'NoError' : '') }, facts(cpId, time));

const connection = (cpId: string, time: string, connected: boolean, beganAt: string, reason = ''): Event =>
  connectionEvent(
    { connected, connectionId: `${cpId}-${beganAt}`, beganAt: timeOf(beganAt), reason },
    facts(cpId, time),
  );

function chargePoints(): Event[] {
  return [
    ...Object.entries(SITES).map(([cpId, site]) =>
      managedEvent(
        {
          registeredAt: timeOf('00:00'),
          tags: [
            { name: 'operator', value: 'ACME' },
            { name: 'site', value: site },
          ],
          timeZone: site === 'North' ? BERLIN : '',
        },
        { ...facts(cpId, '00:00'), ...(cpId === 'CP-4' && { protocol: '' }) },
      ),
    ),
    ...Object.entries(FIRMWARE).flatMap(([cpId, firmwareVersion]) => [
      connection(cpId, '00:01', true, '00:01'),
      bootedEvent(
        { vendor: 'Example', model: cpId === 'CP-3' ? 'DC 50' : 'AC 22', firmwareVersion },
        facts(cpId, '00:02'),
      ),
      status(cpId, '00:03', 'Available'),
    ]),
  ];
}

const SESSIONS: DemoSession[] = [
  {
    ...{ cpId: 'CP-1', id: '101', token: 'DRIVER-1', start: '08:00', meterStartWh: 50_000 },
    readings: [
      ['08:15', 2750],
      ['08:30', 5500],
      ['08:45', 8250],
    ],
    end: { time: '09:00', reason: 'Local', meterStopWh: 58_250, energyWh: 8250 },
  },
  {
    ...{ cpId: 'CP-2', id: 'A-1', token: 'DRIVER-2', start: '09:00', meterStartWh: 10_000 },
    states: [
      ['09:01', 'Charging'],
      ['10:30', 'SuspendedEV'],
    ],
    readings: [
      ['09:30', 11_000],
      ['10:00', 22_000],
      ['10:30', 30_000],
    ],
    end: {
      ...{ time: '11:00', reason: 'EVDisconnected', meterStopWh: 40_000, energyWh: 30_000 },
      ...{ totalCost: 12.5, cost: { amount: '12.50', currency: 'EUR' } },
    },
  },
  {
    ...{ cpId: 'CP-3', id: 'B-1', token: 'DRIVER-3', start: '10:00', meterStartWh: 900_000 },
    states: [['10:02', 'Charging']],
    readings: [
      ['10:15', 12_500],
      ['10:30', 24_000],
    ],
    end: {
      ...{ time: '10:32', reason: 'Remote', meterStopWh: 924_500, energyWh: 24_500 },
      ...{ totalCost: 9.8, cost: { amount: '9.80', currency: 'CHF' } },
    },
  },
  {
    ...{
      cpId: 'CP-2',
      id: 'A-2',
      token: 'DRIVER-1',
      start: '13:00',
      meterStartWh: 40_000,
      quality: ['register_reset'],
    },
    end: { time: '14:00', reason: 'Local', meterStopWh: 1500, energyReason: 'register_fell' },
  },
  {
    ...{ cpId: 'CP-2', id: 'A-3', token: 'DRIVER-2', start: '15:00', meterStartWh: 1500, skewSeconds: 3600 },
    quality: ['clock_skew', 'estimated_by_interval', 'messages_missing'],
    end: {
      ...{ time: '16:00', reason: 'Local', meterStopWh: 11_500, energyWh: 10_000, missingSeqNos: [1] },
      ...{ totalCost: 4.1, cost: { amount: '4.10', currency: 'EUR' } },
    },
  },
  {
    ...{ cpId: 'CP-3', id: 'B-2', token: 'DRIVER-3', start: '16:00', meterStartWh: 924_500 },
    quality: ['reading_implausible', 'end_inferred', 'unit_assumed'],
    readings: [['16:15', 10_000]],
    end: { time: '16:15', reason: 'EndLost', endInferred: 'silence', meterStopWh: 934_500, energyWh: 10_000 },
  },
  {
    ...{ cpId: 'CP-3', id: 'B-3', token: 'DRIVER-4', start: '23:30', meterStartWh: 934_500 },
    states: [['23:31', 'Charging']],
    readings: [['23:45', 12_000]],
  },
];

/** The stop is lost, so the next start ends it; then the stop comes. */
function correctedSession(): Event[] {
  const known = { transactionId: '102', idToken: 'DRIVER-4', evseId: 1, connectorId: 1, meterStartWh: 58_250 };
  const energy = { firstHeardAt: timeOf('18:00'), number: 0, energyWh: undefined, reachedAt: undefined, intervals: [] };
  const ended = { ...known, startedAt: timeOf('18:00') };
  const interval = { fromAt: timeOf('18:00'), fromWh: 0, toAt: timeOf('19:30'), toWh: 16_500 };
  return [
    startedEvent({ ...known, energy }, facts('CP-1', '18:00')),
    endedEvent(
      {
        ...{ ...ended, energy, reason: 'EndLost', endInferred: 'newer_start', energyReason: 'no_end_register' },
        ...{ meterStopWh: undefined, energyWh: undefined, quality: ['end_inferred'], revision: 1 },
      },
      facts('CP-1', '18:00'),
    ),
    endedEvent(
      {
        ...{ ...ended, reason: 'Local', meterStopWh: 74_750, energyWh: 16_500, revision: 2 },
        ...{ replacedEndAt: timeOf('18:00'), quality: ['start_assumed', 'estimated_by_interval', 'corrected'] },
        energy: {
          ...{ ...energy, number: 1, energyWh: 16_500, reachedAt: timeOf('19:30') },
          intervals: [{ ...interval, number: 1, quality: ['estimated', 'corrected'] }],
        },
      },
      { ...facts('CP-1', '19:30'), recordedAt: timeOf('20:00') },
    ),
  ];
}

/** What is odd in a single event. */
function oddities(): Event[] {
  const register = { measurand: 'Energy.Active.Import.Register', location: 'Outlet', format: 'Raw' };
  const stray = { ...register, value: 99_999_999, unit: 'Wh', rawValue: '99999999', rawUnit: '', unitAssumed: true };
  const signed = { ...register, value: 924_500, unit: 'Wh', rawValue: '924.5', rawUnit: 'kWh', signed: true };
  const undated = { ...register, value: 934_500, unit: 'Wh', rawValue: '934500', rawUnit: 'Wh' };
  return [
    endedEvent(
      {
        ...{ transactionId: '103', idToken: '', reason: 'Local', meterStartWh: undefined, meterStopWh: 74_800 },
        ...{ energyWh: undefined, startedAt: undefined, energyReason: 'no_start_register' },
        ...{ unassignedReason: 'no_transaction_fits' },
        energy: { firstHeardAt: timeOf('21:00'), number: 0, energyWh: undefined, reachedAt: undefined, intervals: [] },
      },
      { ...facts('CP-1', '21:00'), occurredAtRaw: '2000-01-01T00:00:07Z' },
    ),
    meterEvent(
      {
        transactionId: 'B-2',
        samples: [
          { ...stray, sampledAt: timeOf('16:05') },
          { ...signed, sampledAt: timeOf('16:00') },
        ],
      },
      facts('CP-3', '16:05'),
    ),
    meterEvent(
      {
        transactionId: 'B-2',
        samples: [{ ...undated, sampledAt: timeOf('16:14'), sampledAtRaw: '1970-01-01T00:00:09Z' }],
      },
      facts('CP-3', '16:14'),
    ),
  ];
}

function commands(): Event[] {
  const command = (
    cpId: string,
    time: string,
    action: string,
    state: string,
    outcome: string,
    caller = 'backend',
  ): Event =>
    commandEvent(
      { ...{ commandId: `${cpId}-${time}`, requestId: `req-${time}`, action, state, outcome, caller }, status: '' },
      facts(cpId, time),
    );
  return [
    command('CP-1', '07:58', 'RemoteStartTransaction', 'accepted', 'result'),
    command('CP-2', '08:58', 'RequestStartTransaction', 'rejected', 'result'),
    command('CP-2', '08:59', 'RequestStartTransaction', 'accepted', 'result'),
    command('CP-3', '10:31', 'RequestStopTransaction', 'accepted', 'result'),
    command('CP-3', '12:30', 'Reset', 'refused', 'refused', 'operations'),
    command('CP-3', '14:30', 'Reset', 'timeout', 'timeout', 'operations'),
  ];
}

function statuses(): Event[] {
  return [
    status('CP-1', '07:59', 'Preparing'),
    status('CP-1', '08:00', 'Charging'),
    status('CP-1', '08:45', 'SuspendedEV'),
    status('CP-1', '09:00', 'Finishing'),
    status('CP-1', '09:10', 'Available'),
    status('CP-1', '12:00', 'Faulted', 'GroundFailure'),
    status('CP-1', '13:00', 'Available'),
    status('CP-1', '22:00', 'Faulted', 'GroundFailure'),
    status('CP-2', '08:59', 'Occupied'),
    status('CP-2', '11:05', 'Available'),
    connection('CP-3', '12:00', false, '00:01', 'pod_lost'),
    connection('CP-3', '14:00', true, '14:00'),
    status('CP-3', '23:29', 'Occupied'),
  ];
}

/** All events of the demo network, in no order that matters. */
export function demoNetwork(): Event[] {
  return [
    ...chargePoints(),
    ...statuses(),
    ...SESSIONS.flatMap(eventsOf),
    ...correctedSession(),
    ...oddities(),
    ...commands(),
  ];
}
