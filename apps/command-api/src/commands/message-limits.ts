import type { TypedKind } from '@ocpp-gw/contracts';
import type { DeviceMirror, DeviceVariableRecord } from '@ocpp-gw/persistence';
import type { RequestFault } from '../problems/members.ts';

/** Injection token of {@link MessageLimits}. */
export const MESSAGE_LIMITS = Symbol('MESSAGE_LIMITS');

export interface MessageLimits {
  /** More items than the charge point takes in one message. */
  faults(kind: TypedKind, cpId: string, request: Record<string, unknown>): Promise<RequestFault[]>;
}

interface Limit {
  /** Of the request, a list. */
  field: string;
  /** Of the variable ItemsPerMessage. */
  component: string;
  instance?: string;
}

/** Where a 2.0.1 station says how many it takes (OCPP 2.0.1 B05, B06, B08, D01, N04, N06: a CSMS sends no more). */
const LIMITS: Partial<Record<TypedKind, Limit>> = {
  GetVariables: { field: 'variables', component: 'DeviceDataCtrlr', instance: 'GetVariables' },
  SetVariables: { field: 'variables', component: 'DeviceDataCtrlr', instance: 'SetVariables' },
  GetReport: { field: 'component_variables', component: 'DeviceDataCtrlr', instance: 'GetReport' },
  SetVariableMonitoring: { field: 'monitors', component: 'MonitoringCtrlr', instance: 'SetVariableMonitoring' },
  ClearVariableMonitoring: { field: 'ids', component: 'MonitoringCtrlr', instance: 'ClearVariableMonitoring' },
  SendLocalList: { field: 'entries', component: 'LocalAuthListCtrlr' },
};

const VARIABLE = 'ItemsPerMessage';
/** A variable has at most a handful of instances and attributes. */
const ROWS = 50;

/** The limits that the charge point has reported. A limit that it has not reported does not apply. */
export function messageLimits(mirror: Pick<DeviceMirror, 'variables'>): MessageLimits {
  return {
    async faults(kind, cpId, request) {
      const limit = LIMITS[kind];
      const items = limit && request[limit.field];
      // One is never too many.
      if (!limit || !Array.isArray(items) || items.length < 2) return [];
      const { component, instance, field } = limit;
      const { items: rows } = await mirror.variables(cpId, { component, variable: VARIABLE, limit: ROWS });
      const most = Number(rows.find((row) => isOf(row, instance))?.value ?? Infinity);
      if (!(items.length > most)) return [];
      return [
        { pointer: `/${field}`, message: `must be at most ${most}: the charge point takes no more in one message` },
      ];
    },
  };
}

function isOf({ attributeType, variableInstance }: DeviceVariableRecord, instance = ''): boolean {
  return attributeType === 'Actual' && (variableInstance ?? '').toLowerCase() === instance.toLowerCase();
}
