import type { Messages } from '@ocpp-gw/ocpp-v201/commands';

type Setting = Messages['SetVariableMonitoring']['request']['setMonitoringData'][number];
type Criterion = NonNullable<Messages['GetMonitoringReport']['request']['monitoringCriteria']>[number];
export type Monitor = Setting & { id: number };

const KIND: Record<Setting['type'], Criterion> = {
  UpperThreshold: 'ThresholdMonitoring',
  LowerThreshold: 'ThresholdMonitoring',
  Delta: 'DeltaMonitoring',
  Periodic: 'PeriodicMonitoring',
  PeriodicClockAligned: 'PeriodicMonitoring',
};

const target = ({ component, variable, type, severity }: Setting): string =>
  JSON.stringify([component, variable, type, severity]).toLowerCase();

/** Variable monitors the CSMS set (OCPP 2.0.1 N04 to N06). */
export class Monitors {
  readonly #monitors = new Map<number, Monitor>();
  #lastId = 0;

  /** Null: the same monitor is already there under another id (N04.FR.10). */
  set(setting: Setting): Monitor | null {
    const twin = [...this.#monitors.values()].find((each) => target(each) === target(setting));
    if (twin && twin.id !== setting.id) return null;
    const id = setting.id ?? (this.#lastId += 1);
    this.#lastId = Math.max(this.#lastId, id);
    const monitor = { ...setting, id };
    this.#monitors.set(id, monitor);
    return monitor;
  }

  clear(id: number): boolean {
    return this.#monitors.delete(id);
  }

  clearAll(): void {
    this.#monitors.clear();
  }

  list(criteria?: readonly Criterion[]): Monitor[] {
    return [...this.#monitors.values()].filter(({ type }) => !criteria?.length || criteria.includes(KIND[type]));
  }
}
