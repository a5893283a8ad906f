import type { Messages } from '@ocpp-gw/ocpp-v16/commands';
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
      {
        value: String(reading.energyWh),
        context,
        measurand: 'Energy.Active.Import.Register',
        location: 'Outlet',
        unit: 'Wh',
      },
      { value: String(reading.powerW), context, measurand: 'Power.Active.Import', location: 'Outlet', unit: 'W' },
      ...PHASES.map((phase) => ({
        value: reading.currentA.toFixed(1),
        context,
        measurand: 'Current.Import' as const,
        phase,
        location: 'Outlet' as const,
        unit: 'A' as const,
      })),
      { value: String(reading.voltageV), context, measurand: 'Voltage', phase: 'L1-N', location: 'Outlet', unit: 'V' },
      { value: String(reading.socPercent), context, measurand: 'SoC', location: 'EV', unit: 'Percent' },
    ],
  };
}
