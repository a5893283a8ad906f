import { expect } from '@jest/globals';
import type { Octt, Payload } from './octt.ts';

/** What is monitored, as the wire and the operator's commands name it, and as the operator's reads do. */
export interface Target {
  wire: { component: Payload; variable: Payload };
  row: Payload;
}

const target = (component: string, variable: string, evseId = 0): Target => {
  const name = { name: component };
  const wire = { component: evseId ? { ...name, evse: { id: evseId } } : name, variable: { name: variable } };
  return { wire, row: { component, variable, evse_id: evseId } };
};

export const POWER = target('EVSE', 'Power', 1);
export const TEMPERATURE = target('ChargingStation', 'Temperature');
export const SECRET = target('SecurityCtrlr', 'BasicAuthPassword');

export interface Monitor {
  of: Target;
  type: string;
  value: number;
  severity: number;
}

export const UPPER: Monitor = { of: TEMPERATURE, type: 'UpperThreshold', value: 75.5, severity: 4 };
export const LOWER: Monitor = { of: POWER, type: 'LowerThreshold', value: 1380, severity: 5 };
export const PERIODIC: Monitor = { of: POWER, type: 'Periodic', value: 60, severity: 8 };
export const ON_SECRET: Monitor = { of: SECRET, type: 'Delta', value: 1, severity: 5 };

/** Monitors by their ids, which are the station's. */
export type Monitors = readonly (readonly [id: number, Monitor])[];

/** The operator reads just these monitors. */
export async function monitored(octt: Octt, monitors: Monitors): Promise<void> {
  const rows = await octt.list('/monitors');
  expect(rows).toHaveLength(monitors.length);
  for (const [monitorId, { of, ...monitor }] of monitors)
    expect(rows).toContainEqual(
      expect.objectContaining({ monitor_id: monitorId, ...of.row, ...monitor, transaction: false }),
    );
}

/** SetVariableMonitoring, all of it accepted; the station numbers them from 1. */
export async function setMonitors(octt: Octt, monitors: readonly Monitor[]): Promise<void> {
  const asked = monitors.map(({ of, ...monitor }) => ({ ...monitor, ...of.wire }));
  const taken = asked.map(({ value: _, ...monitor }, index) => ({ id: index + 1, status: 'Accepted', ...monitor }));
  const { sent, heard } = await octt.command('set-variable-monitoring', { monitors: asked }, 'SetVariableMonitoring', {
    setMonitoringResult: taken,
  });
  expect(sent).toEqual({ setMonitoringData: asked });
  expect(heard).toMatchObject({ monitors: taken });
  await monitored(
    octt,
    monitors.map((monitor, index) => [index + 1, monitor]),
  );
}
