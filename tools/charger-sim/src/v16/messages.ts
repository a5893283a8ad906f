import type { Messages, OutboundAction } from '@ocpp-gw/ocpp-v16/commands';
import type { Message, Reply } from '../message.ts';
import type { Reading } from '../meter.ts';
import type { Station16 } from './station.ts';

export type Request<Action extends keyof Messages> = Messages[Action]['request'];

/** What this charger answers to each CALL a central system may send. A new schema breaks the build until it is here. */
export type Answers = {
  [Action in OutboundAction]: (station: Station16, request: Request<Action>) => Reply<Messages[Action]['response']>;
};

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
