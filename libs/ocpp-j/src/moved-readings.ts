import { textOf } from './exact-json.ts';
import type { Moved, RawFields } from './shape.ts';

/*
 * Readings in the shapes of other versions (notes 4.15). OCPP 1.5 has `values` where 1.6 has `meterValue`, and `value` or
 * `values` where it has `sampledValue`; its transactionData holds such `values`.
 */

const GROUPS = ['meterValue', 'meterValues', 'values', 'transactionData'] as const;
const SAMPLES = ['value', 'values', 'sampledValues'] as const;
/** Fields that describe one sample and that some chargers put beside it. */
const OF_A_SAMPLE = [
  'context',
  'format',
  'location',
  'measurand',
  'phase',
  'unit',
  'unitOfMeasure',
  'multiplier',
] as const;

export function isRecord(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && textOf(value) === undefined;
}

export function has(raw: RawFields, field: string): boolean {
  return Object.hasOwn(raw, field) && raw[field] !== undefined && raw[field] !== null;
}

/**
 * The groups of readings of a message that should have them in `field`. Undefined when they are in that field already, or
 * nowhere.
 */
export function movedGroups(raw: RawFields, field: 'meterValue' | 'transactionData'): Moved | undefined {
  if (has(raw, field)) {
    const groups = listOf(raw[field]);
    return groups.some(isNest) ? { fields: { [field]: groups.flatMap(unnested) }, from: [] } : undefined;
  }
  const elsewhere = GROUPS.find((name) => name !== field && has(raw, name));
  if (elsewhere) return { fields: { [field]: listOf(raw[elsewhere]).flatMap(unnested) }, from: [elsewhere] };
  if (!has(raw, 'sampledValue')) return undefined;
  const { timestamp, sampledValue } = raw;
  return { fields: { [field]: [{ timestamp, sampledValue }] }, from: ['sampledValue'] };
}

/** The samples of a group that should have them in `sampledValue`. */
export function movedSamples(group: RawFields): Moved | undefined {
  if (has(group, 'sampledValue')) return undefined;
  const elsewhere = SAMPLES.find((name) => has(group, name));
  if (!elsewhere) return undefined;
  const beside = OF_A_SAMPLE.filter((name) => has(group, name));
  const about = Object.fromEntries(beside.map((name) => [name, group[name]]));
  const samples = listOf(group[elsewhere]).map((sample) => {
    const bare = textOf(sample);
    return bare === undefined ? (isRecord(sample) ? { ...about, ...sample } : sample) : { ...about, value: sample };
  });
  return { fields: { sampledValue: samples }, from: [elsewhere, ...beside] };
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** 1.5: an item of transactionData holds groups, and has no time of its own. */
function isNest(item: unknown): item is RawFields {
  return isRecord(item) && has(item, 'values') && !has(item, 'timestamp');
}

function unnested(item: unknown): readonly unknown[] {
  return isNest(item) ? listOf(item['values']) : [item];
}

/** Puts several moves together. Each one reads the raw object, not the result of the moves before it. */
export function together(...moves: readonly (Moved | undefined)[]): Moved | undefined {
  const done = moves.filter((move) => move !== undefined);
  if (done.length === 0) return undefined;
  return { fields: Object.assign({}, ...done.map(({ fields }) => fields)), from: done.flatMap(({ from }) => from) };
}

/**
 * Finds a field under other names and takes the first of them. Undefined when the field itself is there, or none of the
 * names.
 */
export function movedField(raw: RawFields, field: string, names: readonly string[]): Moved | undefined {
  if (has(raw, field)) return undefined;
  const name = names.find((each) => has(raw, each));
  return name === undefined ? undefined : { fields: { [field]: raw[name] }, from: [name] };
}
