import type { Messages } from '@ocpp-gw/ocpp-v201/commands';
import type { ChargerPort } from '../charger-port.ts';

type Component = Messages['GetVariables']['request']['getVariableData'][number]['component'];
type Variable = Messages['GetVariables']['request']['getVariableData'][number]['variable'];
type ReportData = NonNullable<Messages['NotifyReport']['request']['reportData']>[number];
type Characteristics = NonNullable<ReportData['variableCharacteristics']>;
type Mutability = NonNullable<ReportData['variableAttribute'][number]['mutability']>;
type AttributeType = NonNullable<Messages['GetVariables']['request']['getVariableData'][number]['attributeType']>;
export type GetStatus = Messages['GetVariables']['response']['getVariableResult'][number]['attributeStatus'];
export type SetStatus = Messages['SetVariables']['response']['setVariableResult'][number]['attributeStatus'];
export interface ComponentVariable {
  component: Component;
  variable?: Variable;
}

interface Entry {
  component: Component;
  variable: Variable;
  read(): string;
  /** Absent: read only. */
  write?(value: string): void;
  dataType: Characteristics['dataType'];
  unit?: string;
  secret?: boolean;
  accepts?(value: string): boolean;
}

const isCount = (value: string): boolean => /^\d{1,9}$/.test(value);
const isFlag = (value: string): boolean => /^(true|false)$/i.test(value);

/** Names are identifierStrings: the letter case does not matter. */
const same = (a: string | undefined, b: string | undefined): boolean => a?.toLowerCase() === b?.toLowerCase();

function isComponent(own: Component, asked: Component): boolean {
  return (
    same(own.name, asked.name) &&
    same(own.instance, asked.instance) &&
    own.evse?.id === asked.evse?.id &&
    own.evse?.connectorId === asked.evse?.connectorId
  );
}

function isVariable(own: Variable, asked: Variable): boolean {
  return same(own.name, asked.name) && same(own.instance, asked.instance);
}

/** Components and variables of the station (OCPP 2.0.1 B, part 2 appendices); those that steer the simulator are wired. */
export class DeviceModel {
  readonly #entries: Entry[];

  constructor(charger: ChargerPort) {
    const { settings } = charger;
    const stored = (name: string, variable: string, initial: string, accepts?: Entry['accepts']): Entry => {
      let value = initial;
      const write = (next: string): void => void (value = next);
      return {
        component: { name },
        variable: { name: variable },
        read: () => value,
        write,
        dataType: 'string',
        accepts,
      };
    };
    const count = (
      [name, variable, instance]: readonly [string, string, string?],
      read: () => number,
      write: (value: number) => void,
      unit?: string,
    ): Entry => ({
      component: { name },
      variable: instance === undefined ? { name: variable } : { name: variable, instance },
      read: () => String(read()),
      write: (value) => write(Number(value)),
      accepts: isCount,
      dataType: 'integer',
      unit,
    });
    const fixed = (name: string, variable: string, value: string): Entry => ({
      component: { name },
      variable: { name: variable },
      read: () => value,
      dataType: 'string',
    });
    const flag = (name: string, variable: string, value: string): Entry => ({
      ...stored(name, variable, value, isFlag),
      dataType: 'boolean',
    });
    const retry = (change: Partial<typeof settings.retry>): void =>
      void (settings.retry = { ...settings.retry, ...change });

    this.#entries = [
      fixed('ChargingStation', 'VendorName', 'OCPP Gateway'),
      fixed('ChargingStation', 'Model', 'Simulator'),
      {
        ...fixed('ChargingStation', 'AvailabilityState', ''),
        read: () => this.#availability(charger),
        dataType: 'OptionList',
      },
      { ...flag('AuthCtrlr', 'Enabled', 'true') },
      flag('AuthCtrlr', 'AuthorizeRemoteStart', 'true'),
      flag('AuthCtrlr', 'LocalPreAuthorize', 'false'),
      flag('AuthCacheCtrlr', 'Enabled', 'true'),
      flag('LocalAuthListCtrlr', 'Enabled', 'true'),
      stored('ClockCtrlr', 'TimeSource', 'Heartbeat'),
      { ...fixed('ClockCtrlr', 'DateTime', ''), read: () => charger.clock().toISOString(), dataType: 'dateTime' },
      {
        ...fixed('DeviceDataCtrlr', 'ItemsPerMessage', '20'),
        variable: { name: 'ItemsPerMessage', instance: 'GetVariables' },
      },
      {
        ...fixed('DeviceDataCtrlr', 'ItemsPerMessage', '20'),
        variable: { name: 'ItemsPerMessage', instance: 'SetVariables' },
      },
      count(
        ['OCPPCommCtrlr', 'HeartbeatInterval'],
        () => Math.round((settings.heartbeatMs ?? 300_000) / 1000),
        (value) => charger.setHeartbeat(value * 1000),
        's',
      ),
      count(
        ['OCPPCommCtrlr', 'MessageTimeout', 'Default'],
        () => Math.round(settings.callTimeoutMs / 1000),
        (value) => (settings.callTimeoutMs = value * 1000),
        's',
      ),
      count(
        ['OCPPCommCtrlr', 'MessageAttempts', 'TransactionEvent'],
        () => settings.retry.attempts,
        (attempts) => retry({ attempts }),
      ),
      count(
        ['OCPPCommCtrlr', 'MessageAttemptInterval', 'TransactionEvent'],
        () => Math.round(settings.retry.intervalMs / 1000),
        (value) => retry({ intervalMs: value * 1000 }),
        's',
      ),
      stored('OCPPCommCtrlr', 'NetworkConfigurationPriority', '0'),
      count(
        ['SampledDataCtrlr', 'TxUpdatedInterval'],
        () => Math.round(settings.meterIntervalMs / 1000),
        (value) => (settings.meterIntervalMs = value * 1000),
        's',
      ),
      stored(
        'SampledDataCtrlr',
        'TxUpdatedMeasurands',
        'Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC',
      ),
      stored('TxCtrlr', 'TxStartPoint', 'Authorized'),
      stored('TxCtrlr', 'TxStopPoint', 'Authorized,EVConnected'),
      flag('TxCtrlr', 'StopTxOnInvalidId', 'true'),
      fixed('SecurityCtrlr', 'SecurityProfile', settings.password === undefined ? '0' : '1'),
      stored('SecurityCtrlr', 'OrganizationName', 'OCPP Gateway'),
      stored('SecurityCtrlr', 'Identity', settings.id),
      {
        ...stored('SecurityCtrlr', 'BasicAuthPassword', '', (value) => value.length >= 16 && value.length <= 40),
        write: (value) => void (settings.password = value),
        secret: true,
      },
      ...charger.connectors.flatMap((connector): Entry[] => [
        {
          component: { name: 'EVSE', evse: { id: connector.number } },
          variable: { name: 'AvailabilityState' },
          read: () => charger.station.statusOf(connector),
          dataType: 'OptionList',
        },
        {
          component: { name: 'Connector', evse: { id: connector.number, connectorId: 1 } },
          variable: { name: 'AvailabilityState' },
          read: () => charger.station.statusOf(connector),
          dataType: 'OptionList',
        },
      ]),
    ];
  }

  get(component: Component, variable: Variable, type: AttributeType = 'Actual'): { status: GetStatus; value?: string } {
    const entry = this.#find(component, variable);
    if (typeof entry === 'string') return { status: entry };
    if (type !== 'Actual') return { status: 'NotSupportedAttributeType' };
    return entry.secret ? { status: 'Rejected' } : { status: 'Accepted', value: entry.read() };
  }

  set(component: Component, variable: Variable, value: string, type: AttributeType = 'Actual'): SetStatus {
    const entry = this.#find(component, variable);
    if (typeof entry === 'string') return entry;
    if (type !== 'Actual') return 'NotSupportedAttributeType';
    if (!entry.write || entry.accepts?.(value) === false) return 'Rejected';
    entry.write(value);
    return 'Accepted';
  }

  /** Whether the station has the variable, for monitors. */
  has(component: Component, variable: Variable): 'Accepted' | 'UnknownComponent' | 'UnknownVariable' {
    const entry = this.#find(component, variable);
    return typeof entry === 'string' ? entry : 'Accepted';
  }

  report(base: 'ConfigurationInventory' | 'FullInventory' | 'SummaryInventory'): ReportData[] {
    const belongs: Record<typeof base, (entry: Entry) => boolean> = {
      FullInventory: () => true,
      // B07: what an operator can set.
      ConfigurationInventory: ({ write }) => write !== undefined,
      SummaryInventory: ({ variable }) => variable.name === 'AvailabilityState',
    };
    return this.#entries.filter(belongs[base]).map(asReport);
  }

  reportOf(asked: readonly ComponentVariable[]): ReportData[] {
    return this.#entries
      .filter((entry) =>
        asked.some(
          ({ component, variable }) =>
            isComponent(entry.component, component) && (!variable || isVariable(entry.variable, variable)),
        ),
      )
      .map(asReport);
  }

  #find(component: Component, variable: Variable): Entry | 'UnknownComponent' | 'UnknownVariable' {
    const there = this.#entries.filter((entry) => isComponent(entry.component, component));
    if (there.length === 0) return 'UnknownComponent';
    return there.find((entry) => isVariable(entry.variable, variable)) ?? 'UnknownVariable';
  }

  #availability({ connectors }: ChargerPort): string {
    return connectors.some(({ operative }) => operative) ? 'Available' : 'Unavailable';
  }
}

function asReport({ component, variable, read, write, secret, dataType, unit }: Entry): ReportData {
  const mutability: Mutability = secret ? 'WriteOnly' : write ? 'ReadWrite' : 'ReadOnly';
  return {
    component,
    variable,
    variableAttribute: [{ type: 'Actual', mutability, ...(secret ? {} : { value: read() }) }],
    variableCharacteristics: { dataType, supportsMonitoring: false, ...(unit === undefined ? {} : { unit }) },
  };
}
