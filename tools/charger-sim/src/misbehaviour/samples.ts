import type { Payload } from '../message.ts';
import type { Version } from './misbehaviour.ts';

/** A sampledValue of either version. */
export interface Sample extends Payload {
  value: string | number;
  measurand?: string;
  phase?: string;
  unit?: string;
  unitOfMeasure?: Payload;
}

export interface MeterValue extends Payload {
  timestamp: string;
  sampledValue: Sample[];
}

/** Where readings stand: MeterValues, StopTransaction, TransactionEvent. */
const FIELDS = ['meterValue', 'transactionData'] as const;

export const REGISTER = 'Energy.Active.Import.Register';

const isRegister = ({ measurand = REGISTER }: Sample): boolean => measurand === REGISTER;

export const hasReadings = (payload: Payload): boolean => FIELDS.some((field) => Array.isArray(payload[field]));

/** The payload with other samples in each of its readings. */
export function withSamples(payload: Payload, samples: (samples: Sample[], at: string) => Sample[]): Payload {
  const changed = FIELDS.filter((field) => Array.isArray(payload[field])).map((field) => [
    field,
    (payload[field] as MeterValue[]).map((reading) => ({
      ...reading,
      sampledValue: samples(reading.sampledValue, reading.timestamp),
    })),
  ]);
  return { ...payload, ...(Object.fromEntries(changed) as Payload) };
}

/** The payload with something else in the place of each energy register. */
export function withRegisters(payload: Payload, replace: (register: Sample) => Sample[]): Payload {
  return withSamples(payload, (samples) =>
    samples.flatMap((sample) => (isRegister(sample) ? replace(sample) : [sample])),
  );
}

/** As the version writes a number. */
export function written(value: number, version: Version): string | number {
  return version === '1.6' ? String(value) : value;
}

/** Thousandths, without the dust of binary fractions. */
export const thousandth = (value: string | number): number => Math.round(Number(value)) / 1000;
