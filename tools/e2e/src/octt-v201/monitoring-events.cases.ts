import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import {
  LOWER,
  monitored,
  ON_SECRET,
  PERIODIC,
  POWER,
  SECRET,
  setMonitors,
  type Target,
  TEMPERATURE,
  UPPER,
} from './monitors.ts';
import { charging, type Octt, type Payload } from './octt.ts';

/** Block N, what monitors tell (N07, N08). */
export function monitoringEvents(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** NotifyEvent of one event, found by the operator. */
  async function event(octt: Octt, { of, ...event }: { of: Target; actualValue: string } & Payload): Promise<void> {
    await octt.notifies({ ...of.wire, ...event });
    const row: Payload = { ...of.row, actual_value: event.actualValue };
    for (const [field, name] of FIELDS) if (field in event) row[name] = event[field];
    await until('the event', async () => {
      expect(await octt.list('/station-events')).toContainEqual(expect.objectContaining(row));
    });
  }

  const FIELDS = [
    ['eventId', 'event_number'],
    ['trigger', 'trigger'],
    ['eventNotificationType', 'notification_type'],
    ['variableMonitoringId', 'monitor_id'],
    ['cleared', 'cleared'],
    ['techCode', 'tech_code'],
  ] as const;

  it('TC_N_21 Alert Event - HardWiredMonitor', async () => {
    const octt = await booted('OCTT2-N_21');
    await event(octt, {
      of: TEMPERATURE,
      actualValue: '80.1',
      eventId: 21,
      trigger: 'Alerting',
      eventNotificationType: 'HardWiredMonitor',
      variableMonitoringId: 7,
      techCode: 'T80',
      cleared: false,
    });
  });

  it('TC_N_24 Set Variable Monitoring - Periodic event', () => periodic('OCTT2-N_24'));
  it('TC_N_50 Alert Event - Periodic Triggered', () => periodic('OCTT2-N_50'));

  async function periodic(cpId: string): Promise<void> {
    const octt = await booted(cpId);
    await setMonitors(octt, [PERIODIC]);
    const said = { trigger: 'Periodic', eventNotificationType: 'CustomMonitor', variableMonitoringId: 1 };
    for (const [index, actualValue] of ['7400.5', '7398'].entries())
      await event(octt, { of: POWER, actualValue, eventId: index + 1, ...said });
  }

  it('TC_N_48 Alert Event - Variable monitoring on write only', async () => {
    const octt = await booted('OCTT2-N_48');
    await setMonitors(octt, [ON_SECRET]);
    // What is write-only changes, and nobody gets the value.
    const said = { trigger: 'Delta', eventNotificationType: 'CustomMonitor', variableMonitoringId: 1 };
    await event(octt, { of: SECRET, actualValue: '', eventId: 48, ...said });
    expect(await octt.list('/variables?component=SecurityCtrlr')).toEqual([]);
  });

  it('TC_N_49 Alert Event - LowerThreshold/UpperThreshold cleared after reboot', async () => {
    const octt = await booted('OCTT2-N_49');
    await setMonitors(octt, [UPPER, LOWER]);
    const said = { trigger: 'Alerting', eventNotificationType: 'CustomMonitor' };
    await event(octt, { of: TEMPERATURE, actualValue: '80', eventId: 1, variableMonitoringId: 1, ...said });
    await event(octt, { of: POWER, actualValue: '900', eventId: 2, variableMonitoringId: 2, ...said });
    await octt.reboot();
    const over = { ...said, cleared: true };
    await event(octt, { of: TEMPERATURE, actualValue: '40', eventId: 3, variableMonitoringId: 1, ...over });
    await event(octt, { of: POWER, actualValue: '7400', eventId: 4, variableMonitoringId: 2, ...over });
    await monitored(octt, [
      [1, UPPER],
      [2, LOWER],
    ]);
  });
}
