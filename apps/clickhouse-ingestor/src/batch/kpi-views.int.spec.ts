import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Event } from '@ocpp-gw/contracts';
import { connectionEvent, endedEvent, heardAt, startedEvent, statusEvent, type EventOverrides } from '@ocpp-gw/testing';
import { viewsOnClickHouse } from './testdata/views-on-clickhouse.ts';
import { WorkedExamples } from './testdata/worked-examples.ts';

/** A time of 10 November 2026. */
const timeOf = (time: string): Date => new Date(`2026-11-10T${time}:00Z`);
const facts = (time: string): EventOverrides => {
  const at = timeOf(time);
  return { cpId: 'CP-KPI', occurredAt: at, recordedAt: at };
};

const status = (time: string, value: string): Event =>
  statusEvent({ status: value, evseId: 1, connectorId: 1 }, facts(time));

function transaction(transactionId: string, idToken: string, began: string, ended: string, energyWh: number): Event[] {
  const startedAt = timeOf(began);
  const heard = heardAt(startedAt);
  const interval = { number: 1, fromAt: startedAt, fromWh: 0, toAt: timeOf(ended), toWh: energyWh, quality: [] };
  const energy = { ...heard.energy, number: 1, energyWh, reachedAt: timeOf(ended), intervals: [interval] };
  const meter = { startedAt, meterStartWh: 0, meterStopWh: energyWh, energyWh, energy };
  const reason = transactionId === '2' ? 'EVDisconnected' : 'Local';
  return [
    startedEvent({ transactionId, idToken, evseId: 1, connectorId: 1, meterStartWh: 0, ...heard }, facts(began)),
    endedEvent({ transactionId, idToken, evseId: 1, connectorId: 1, reason, ...meter }, facts(ended)),
  ];
}

/** The day of docs/data/kpis.md. */
function day(): Event[] {
  const began = { ...facts('00:00'), occurredAt: new Date('2026-11-09'), recordedAt: new Date('2026-11-09') };
  return [
    connectionEvent({ connected: true, connectionId: 'kpi', beganAt: began.occurredAt }, began),
    statusEvent({ status: 'Available', evseId: 1, connectorId: 1 }, began),
    status('09:00', 'Preparing'),
    ...transaction('1', 'T1', '09:01', '09:05', 50),
    status('09:05', 'Finishing'),
    status('09:06', 'Available'),
    status('09:10', 'Preparing'),
    status('09:11', 'Charging'),
    ...transaction('2', 'T1', '09:11', '10:10', 11_000),
    status('10:10', 'Available'),
    status('12:00', 'Preparing'),
    status('12:01', 'Charging'),
    ...transaction('3', 'T2', '12:01', '13:00', 22_000),
    status('13:00', 'Available'),
    status('15:00', 'Preparing'),
    status('15:03', 'Available'),
    status('18:00', 'Faulted'),
    status('20:00', 'Available'),
  ];
}

describe('docs/data/kpis.md', () => {
  const views = viewsOnClickHouse('kpi-views');
  const page = new WorkedExamples('kpis.md');

  beforeAll(async () => {
    await views.insert(...day());
    await views.command(
      `INSERT INTO uptime_exclusions (cp_id, evse_id, from_at, to_at, reason)
        VALUES ('CP-KPI', 1, '2026-11-10 18:00:00', '2026-11-10 18:30:00', 'utility')`,
    );
  }, 180_000);

  it('has a worked example of every KPI', () => {
    expect(page.all.map(({ title }) => title)).toEqual(['Attempts', 'Visits', 'Uptime', 'Utilisation', 'Availability']);
  });

  it.each(page.all)('gives the numbers of the example: $title', async (example) => {
    page.check(example, await views.query(example.sql));
  });
});
