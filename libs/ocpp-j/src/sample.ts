import { bareText } from './bare-text.ts';
import type { Moment } from './effect-values.ts';
import type { Sample } from './effects.ts';

/** A sampled value as a charger sends it, in either version's words. */
export interface RawSample extends Moment {
  value: string | number;
  unit?: string;
  measurand?: string;
  phase?: string;
  location?: string;
  context?: string;
  format?: string;
  /** 2.0.1 unitOfMeasure.multiplier: the value counts tens to this power. */
  multiplier?: number;
  /** 2.0.1: a signedMeterValue came with the value. */
  signed?: boolean;
}

const ENERGY_IMPORT = 'Energy.Active.Import.Register';
const SIGNED = 'SignedData';
/** A longer text is signed data that consists of digits by chance. */
const LONGEST_NUMBER = 16;

interface UnitRule {
  unit: string;
  /** How many places the decimal point moves to the right. */
  shift?: number;
  convert?: (value: number) => number;
}

/** Units by lower-case spelling: one unit a quantity, whatever the charger prefers. */
const UNITS: ReadonlyMap<string, UnitRule> = new Map<string, UnitRule>([
  ['wh', { unit: 'Wh' }],
  ['kwh', { unit: 'Wh', shift: 3 }],
  ['varh', { unit: 'varh' }],
  ['kvarh', { unit: 'varh', shift: 3 }],
  ['vah', { unit: 'VAh' }],
  ['kvah', { unit: 'VAh', shift: 3 }],
  ['w', { unit: 'W' }],
  ['kw', { unit: 'W', shift: 3 }],
  ['var', { unit: 'var' }],
  ['kvar', { unit: 'var', shift: 3 }],
  ['va', { unit: 'VA' }],
  ['kva', { unit: 'VA', shift: 3 }],
  ['a', { unit: 'A' }],
  ['v', { unit: 'V' }],
  ['percent', { unit: 'Percent' }],
  ['%', { unit: 'Percent' }],
  ['celsius', { unit: 'Celsius' }],
  // The 1.6 schemas misspell it, and the OCA keeps the misspelling (errata-J 1.6 2.1).
  ['celcius', { unit: 'Celsius' }],
  ['k', { unit: 'Celsius', convert: (kelvin) => kelvin - 273.15 }],
  ['fahrenheit', { unit: 'Celsius', convert: (fahrenheit) => ((fahrenheit - 32) * 5) / 9 }],
  // 1.6 has no unit of frequency; both spellings occur.
  ['hz', { unit: 'Hz' }],
  ['hertz', { unit: 'Hz' }],
]);

/** The unit of a measurand that has none, by the beginning of the measurand; the first that fits counts. */
const OWN_UNITS: readonly (readonly [measurand: string, unit: string])[] = [
  ['Energy.Reactive.', 'varh'],
  ['Energy.Apparent.', 'VAh'],
  ['Energy.', 'Wh'],
  ['Power.Factor', ''],
  ['Power.Reactive.', 'var'],
  ['Power.', 'W'],
  ['Current.', 'A'],
  ['Voltage', 'V'],
  ['Frequency', 'Hz'],
  ['Temperature', 'Celsius'],
  ['SoC', 'Percent'],
];

/** Fills in what the specification defaults and brings the value to one unit a quantity; the original stays beside. */
export function normaliseSample(raw: RawSample): Sample {
  const measurand = raw.measurand ?? ENERGY_IMPORT;
  const rawUnit = raw.unit ?? '';
  const own = rawUnit === '' ? ownUnit(measurand) : '';
  const rule = UNITS.get((rawUnit || own).toLowerCase()) ?? { unit: rawUnit };
  const rawValue = String(raw.value);
  const readable = raw.format !== SIGNED || (rawUnit !== '' && rawValue.length <= LONGEST_NUMBER);
  const value = readable ? scaled(rawValue, rule, raw.multiplier ?? 0) : undefined;
  return {
    at: raw.at,
    ...(raw.clockMs === undefined ? {} : { clockMs: raw.clockMs }),
    ...(value === undefined ? {} : { value }),
    unit: rule.unit,
    ...(own === '' ? {} : { unitAssumed: true }),
    ...(raw.signed || raw.format === SIGNED ? { signed: true } : {}),
    rawValue,
    rawUnit,
    measurand,
    ...(raw.phase === undefined ? {} : { phase: raw.phase }),
    location: raw.location ?? 'Outlet',
    context: raw.context ?? 'Sample.Periodic',
    ...(raw.format === undefined ? {} : { format: raw.format }),
  };
}

function ownUnit(measurand: string): string {
  return OWN_UNITS.find(([start]) => measurand.startsWith(start))?.[1] ?? '';
}

const DECIMAL = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+))?$/;

/** Number() would take '', '0x10' and 'Infinity' too, which no meter means (notes 4.16). */
function scaled(text: string, rule: UnitRule, multiplier: number): number | undefined {
  const match = DECIMAL.exec(bareText(text));
  if (!match) return undefined;
  // Shifting the exponent in the text keeps 604.213 kWh at 604213 Wh, where multiplying may not.
  const value = Number(`${match[1]}e${Number(match[2] ?? 0) + multiplier + (rule.shift ?? 0)}`);
  if (!Number.isFinite(value)) return undefined;
  return rule.convert ? Number(rule.convert(value).toPrecision(12)) : value;
}
