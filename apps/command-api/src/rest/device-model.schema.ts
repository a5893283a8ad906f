import { z } from 'zod';
import { pageOf, pageQuery, timestamp } from './page.ts';

/** Names one variable of the 2.0.1 device model, and the component that it belongs to. */
export const variableShape = {
  component: z.string().describe('Name of the component'),
  component_instance: z
    .string()
    .nullable()
    .describe('Instance of the component; null when only one component has this name'),
  evse_id: z.int().min(0).describe('EVSE that the component belongs to; 0 means the whole charge point'),
  connector_id: z.int().min(0).describe('Connector that the component belongs to; 0 means the whole EVSE'),
  variable: z.string().describe('Name of the variable'),
  variable_instance: z
    .string()
    .nullable()
    .describe('Instance of the variable; null when only one variable of the component has this name'),
};

/** The query parameters that select variables. Names match in any letter case. */
export const variableFilter = {
  component: z
    .string()
    .min(1)
    .max(50)
    .optional()
    .describe('Only components of this name, in any letter case')
    .meta({ examples: ['OCPPCommCtrlr'] }),
  variable: z
    .string()
    .min(1)
    .max(50)
    .optional()
    .describe('Only variables of this name, in any letter case')
    .meta({ examples: ['HeartbeatInterval'] }),
  evse_id: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional()
    .describe('Only components of this EVSE; 0 means components that belong to the whole charge point'),
};

const deviceVariable = z
  .object({
    ...variableShape,
    attribute_type: z
      .enum(['Actual', 'Target', 'MinSet', 'MaxSet'])
      .describe('Which value of the variable this is; Actual is the one in force'),
    value: z.string().nullable().describe('Value of the variable, as text; null when it is write-only or has no value'),
    mutability: z
      .string()
      .nullable()
      .describe('ReadOnly, WriteOnly or ReadWrite; null when the charge point has not reported it'),
    persistent: z
      .boolean()
      .nullable()
      .describe('Whether the value survives a reboot; null when the charge point has not reported it'),
    constant: z
      .boolean()
      .nullable()
      .describe('Whether the value never changes; null when the charge point has not reported it'),
    characteristics: z
      .object({
        unit: z.string().nullable().describe('Unit of the value; null when it has none'),
        data_type: z.string().describe('Type of the value, such as string, integer or OptionList'),
        min_limit: z.number().nullable().describe('Lowest value that is allowed; null when there is no limit'),
        max_limit: z
          .number()
          .nullable()
          .describe('Highest value that is allowed, or the greatest length of a text; null when there is no limit'),
        values_list: z
          .string()
          .nullable()
          .describe('Values that are allowed, comma-separated; null when there is no list'),
        supports_monitoring: z.boolean().describe('Whether a monitor can be set on the variable'),
      })
      .nullable()
      .describe('Characteristics of the variable; null when the charge point has not reported them'),
    reboot_required: z.boolean().describe('Whether the value takes effect only with the next boot'),
    seen_at: timestamp.describe('When the value was last read from the charge point or accepted by it'),
  })
  .meta({ id: 'DeviceVariable' });

export const deviceVariablePage = pageOf(deviceVariable).meta({ id: 'DeviceVariablePage' });

export const deviceVariableQuery = z.strictObject({ ...variableFilter, ...pageQuery({ preset: 200, max: 2000 }) });

const monitor = z
  .object({
    monitor_id: z.int().describe('Id of the monitor'),
    ...variableShape,
    type: z
      .string()
      .describe('Type of the monitor: UpperThreshold, LowerThreshold, Delta, Periodic or PeriodicClockAligned'),
    value: z
      .number()
      .describe('Threshold of UpperThreshold and LowerThreshold, change of Delta, or seconds of the other two types'),
    severity: z.int().describe('Severity of the events of the monitor, from 0 (Danger) to 9 (Debug)'),
    transaction: z.boolean().describe('Whether the monitor is active only during transactions'),
    seen_at: timestamp.describe('When the monitor was last read from the charge point or accepted by it'),
  })
  .meta({ id: 'Monitor' });

export const monitorPage = pageOf(monitor).meta({ id: 'MonitorPage' });
