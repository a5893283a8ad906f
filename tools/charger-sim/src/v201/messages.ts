import type { Messages } from '@ocpp-gw/ocpp-v201/commands';
import type { Message } from '../message.ts';
import type { Reading } from '../meter.ts';

export type Request<Action extends keyof Messages> = Messages[Action]['request'];

export function message<Action extends keyof Messages>(action: Action, payload: Request<Action>): Message {
  return { action, payload };
}

type MeterValue = Request<'MeterValues'>['meterValue'][number];
type Context = NonNullable<MeterValue['sampledValue'][number]['context']>;

const PHASES = ['L1', 'L2', 'L3'] as const;

export function meterValue(reading: Reading, context: Context): MeterValue {
  return {
    timestamp: reading.at.toISOString(),
    sampledValue: [
      // Wh is the unit where none is given.
      { value: reading.energyWh, context, measurand: 'Energy.Active.Import.Register', location: 'Outlet' },
      {
        value: reading.powerW,
        context,
        measurand: 'Power.Active.Import',
        location: 'Outlet',
        unitOfMeasure: { unit: 'W' },
      },
      ...PHASES.map((phase) => ({
        value: reading.currentA,
        context,
        measurand: 'Current.Import' as const,
        phase,
        location: 'Outlet' as const,
        unitOfMeasure: { unit: 'A' },
      })),
      {
        value: reading.voltageV,
        context,
        measurand: 'Voltage',
        phase: 'L1-N',
        location: 'Outlet',
        unitOfMeasure: { unit: 'V' },
      },
      { value: reading.socPercent, context, measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: 'Percent' } },
    ],
  };
}

/** `items` in runs of `size`, none of them empty. */
export function parts<Item>(items: readonly Item[], size: number): [Item, ...Item[]][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => filled(items.slice(index * size, (index + 1) * size)));
}

/** For lists that the schema wants filled and that are as long as the filled list they came from. */
export function filled<Item>(items: Item[]): [Item, ...Item[]] {
  return items as [Item, ...Item[]];
}
