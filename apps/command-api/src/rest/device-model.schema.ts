import type { DeviceVariableRecord, MonitorRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, pageQuery, timestamp } from './page.ts';

/** The variable that something is said of, by its component: of the device model of 2.0.1. */
export const variableShape = {
  component: z.string(),
  component_instance: z.string().nullable().describe('Which of several components of the name'),
  evse_id: z.int().describe('0: the component is of the whole charge point'),
  connector_id: z.int().describe('0: the component is of the whole EVSE'),
  variable: z.string(),
  variable_instance: z.string().nullable().describe('Which of several variables of the name'),
};

/** Names filter in any letter case. */
export const variableFilter = {
  component: z
    .string()
    .min(1)
    .max(50)
    .optional()
    .meta({ examples: ['OCPPCommCtrlr'] }),
  variable: z
    .string()
    .min(1)
    .max(50)
    .optional()
    .meta({ examples: ['HeartbeatInterval'] }),
  evse_id: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional()
    .describe('0: what is of no EVSE'),
};

export function renderVariable(
  record: Pick<
    DeviceVariableRecord,
    'component' | 'componentInstance' | 'evseId' | 'connectorId' | 'variable' | 'variableInstance'
  >,
): z.infer<z.ZodObject<typeof variableShape>> {
  return {
    component: record.component,
    component_instance: record.componentInstance,
    evse_id: record.evseId,
    connector_id: record.connectorId,
    variable: record.variable,
    variable_instance: record.variableInstance,
  };
}

const deviceVariable = z
  .object({
    ...variableShape,
    attribute_type: z.enum(['Actual', 'Target', 'MinSet', 'MaxSet']).describe('Which value of the variable this is'),
    value: z.string().nullable().describe('null: write-only, or none'),
    mutability: z.string().nullable().describe('ReadOnly, WriteOnly or ReadWrite; null: the charge point has not told'),
    persistent: z.boolean().nullable().describe('Survives a reboot; null: the charge point has not told'),
    constant: z.boolean().nullable().describe('Never changes; null: the charge point has not told'),
    characteristics: z
      .object({
        unit: z.string().nullable(),
        data_type: z.string(),
        min_limit: z.number().nullable(),
        max_limit: z.number().nullable().describe('Of a text: its greatest length'),
        values_list: z.string().nullable().describe('Comma-separated'),
        supports_monitoring: z.boolean(),
      })
      .nullable()
      .describe('null: the charge point has not told'),
    reboot_required: z.boolean().describe('The value takes effect with the next boot'),
    seen_at: timestamp,
  })
  .meta({ id: 'DeviceVariable' });

export const deviceVariablePage = pageOf(deviceVariable).meta({ id: 'DeviceVariablePage' });

export const deviceVariableQuery = z.strictObject({ ...variableFilter, ...pageQuery({ preset: 200, max: 2000 }) });

export function renderDeviceVariable(record: DeviceVariableRecord): z.infer<typeof deviceVariable> {
  const { characteristics } = record;
  return {
    ...renderVariable(record),
    attribute_type: record.attributeType,
    value: record.value,
    mutability: record.mutability,
    persistent: record.persistent,
    constant: record.constant,
    characteristics: characteristics && {
      unit: characteristics.unit ?? null,
      data_type: characteristics.dataType,
      min_limit: characteristics.minLimit ?? null,
      max_limit: characteristics.maxLimit ?? null,
      values_list: characteristics.valuesList ?? null,
      supports_monitoring: characteristics.supportsMonitoring,
    },
    reboot_required: record.rebootRequired,
    seen_at: record.seenAt.toISOString(),
  };
}

const monitor = z
  .object({
    monitor_id: z.int(),
    ...variableShape,
    type: z.string().describe('UpperThreshold, LowerThreshold, Delta, Periodic or PeriodicClockAligned'),
    value: z.number().describe('Threshold, difference, or seconds of a period'),
    severity: z.int().describe('0 Danger to 9 Debug'),
    transaction: z.boolean().describe('In force during transactions only'),
    seen_at: timestamp,
  })
  .meta({ id: 'Monitor' });

export const monitorPage = pageOf(monitor).meta({ id: 'MonitorPage' });

export function renderMonitor(record: MonitorRecord): z.infer<typeof monitor> {
  return {
    monitor_id: record.monitorId,
    ...renderVariable(record),
    type: record.type,
    value: record.value,
    severity: record.severity,
    transaction: record.transaction,
    seen_at: record.seenAt.toISOString(),
  };
}
