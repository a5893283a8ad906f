import { isNestedTooDeeply } from './depth.ts';
import { textOf, withoutSources } from './exact-json.ts';
import { excerpt } from './excerpt.ts';
import type { FieldRuleId } from './field-rules.ts';
import { inText, isObject, lackOf, outlineOf, sourceOf, unwrapped, type Lack } from './mend-object.ts';
import { NOTHING, lettersOf, mendValue } from './mend-value.ts';
import { has } from './moved-readings.ts';
import type { Leniency, Moved, Shape, RawFields, Treatment } from './shape.ts';

/** A raw value in whose place something else was read. */
export interface OddValue {
  rule: FieldRuleId;
  /** JSON pointer. */
  path: string;
  /** The first 200 characters of the raw value; only its kind where it may be private. */
  raw: string;
}

export interface Mended {
  /** Must not be used where there is a `lack`. */
  payload: unknown;
  lack: Lack | undefined;
  rules: readonly FieldRuleId[];
  odd: readonly OddValue[];
}

const MAX_ODD = 20;
const MAX_ODD_OF_A_RULE = 3;
/** Names of fields are compared; no field has a longer one. */
const MAX_NAME = 64;
const ANY: Treatment = {};

/** How a field of an object is treated: an entry for the object's field comes before one for all fields of the name. */
export function treatmentOf({ fields }: Leniency, owner: string, field: string): Treatment {
  return fields[`${owner}.${field}`] ?? fields[field] ?? ANY;
}

/**
 * Reads a payload by its schema, one walk over both, so that the work is in proportion to the bytes whatever is wrong
 * with them. The result has the shape of the schema but for words and times that are kept as received, texts that are kept
 * whole and lists beyond their length. Leaves the payload alone. `sources`: there are {@link ExactNumber}s in it. Throws
 * only then, where the nesting of what no schema describes exceeds the stack.
 */
export function mend(shape: Shape, leniency: Leniency, payload: unknown, sources = false): Mended {
  const reader = new Reader(leniency, sources);
  const read = reader.read(shape, ANY, payload);
  const { rules, odd } = reader;
  const lack = reader.lack ?? { path: '', found: 'no such type' };
  const isObject = read !== NOTHING && read !== undefined;
  return { payload: read, lack: isObject ? undefined : lack, rules: [...rules.keys()], odd };
}

class Reader {
  /** How often each was met. */
  readonly rules = new Map<FieldRuleId, number>();
  readonly odd: OddValue[] = [];
  lack: Lack | undefined;
  /** A word in whose place another one was read, and the field that keeps it. */
  private replaced: { beside: string; word: unknown } | undefined;
  private readonly leniency: Leniency;
  private readonly sources: boolean;
  private readonly path: (string | number)[] = [];

  constructor(leniency: Leniency, sources: boolean) {
    this.leniency = leniency;
    this.sources = sources;
  }

  read(shape: Shape, treatment: Treatment, raw: unknown): unknown {
    if (raw === null) return shape.type === undefined ? null : undefined;
    switch (shape.type) {
      case undefined:
        return this.asWritten(raw);
      case 'object':
        return this.readObject(shape, raw);
      case 'array':
        return this.readList(shape, treatment, raw);
      default:
        return this.readValue(shape, treatment, raw);
    }
  }

  private readValue(shape: Shape, treatment: Treatment, raw: unknown): unknown {
    const [only] = Array.isArray(raw) && raw.length === 1 ? raw : [raw];
    if (only !== raw) this.note('object-for-array', raw);
    return mendValue(shape, treatment, only, (rule) => this.note(rule, only));
  }

  private readList(shape: Shape, treatment: Treatment, raw: unknown): unknown {
    const items = shape.items ?? {};
    const outer = Array.isArray(raw) ? raw : inText(raw, '[');
    const list = unwrapped(outer, items);
    if (!Array.isArray(list)) {
      const only = this.read(items, treatment, raw);
      if (only === NOTHING || only === undefined) return NOTHING;
      this.note('object-for-array', raw);
      return [only];
    }
    if (outer !== raw) this.note('other-shape', raw);
    if (list !== outer) this.note('object-for-array', raw);
    const read: unknown[] = [];
    for (const [index, item] of list.entries()) {
      const mended = this.at(index, () => this.read(items, treatment, item));
      if (mended !== NOTHING && mended !== undefined) read.push(mended);
      else if (treatment.inseparable) return NOTHING;
      else this.at(index, () => this.note('list-item-odd', item));
    }
    // None of the items can be read.
    if (read.length === 0 && list.length > 0) return NOTHING;
    const { maxItems = Infinity } = shape;
    if (read.length <= maxItems) return read;
    this.note('list-length', list);
    return treatment.beyond === 'cut' ? read.slice(0, maxItems) : read;
  }

  private readObject(shape: Shape, value: unknown): unknown {
    const raw = this.objectOf(shape, value);
    if (raw === undefined) return NOTHING;
    const moved = this.leniency.moves[shape.name ?? '']?.(raw);
    if (moved) this.note('other-shape', raw);
    const misnamed = this.sort(shape, raw, moved);
    const read: Record<string, unknown> = shape.open ? this.openPart(shape, raw) : {};
    for (const [name, field] of outlineOf(shape).fields) {
      const from = sourceOf(name, raw, moved, misnamed);
      const mended = this.at(name, () => this.readField(shape, name, field, from));
      if (mended === NOTHING) return NOTHING;
      if (mended !== undefined) read[name] = mended;
      if (this.replaced === undefined) continue;
      const { beside, word } = this.replaced;
      this.replaced = undefined;
      if (!has(raw, beside)) read[beside] = this.readField(shape, beside, shape.properties?.[beside] ?? {}, word);
    }
    return read;
  }

  /** Undefined when the field is absent; {@link NOTHING} when its object means nothing without it. */
  private readField(owner: Shape, name: string, shape: Shape, raw: unknown): unknown {
    const required = owner.required?.includes(name) ?? false;
    if (raw === undefined && !required) return undefined;
    const treatment = treatmentOf(this.leniency, owner.name ?? '', name);
    this.lack = undefined;
    if (raw === undefined) return this.fill(shape, treatment, 'nothing');
    const mended = this.read(shape, treatment, raw);
    const empty = Array.isArray(mended) && mended.length < (shape.minItems ?? 0);
    if (
      treatment.beside !== undefined &&
      mended === treatment.otherwise &&
      lettersOf(textOf(raw) ?? '') !== lettersOf(treatment.otherwise ?? '')
    )
      this.replaced = { beside: treatment.beside, word: raw };
    if (mended !== NOTHING && mended !== undefined && !empty) return mended;
    this.note(empty ? 'list-length' : mended === undefined ? 'null-for-absent' : 'field-senseless', raw);
    if (empty && required && (!treatment.indispensable || treatment.empty)) return mended;
    if (required) return this.fill(shape, treatment, mended === undefined ? 'nothing' : lackOf(shape, raw));
    if (mended !== NOTHING) return undefined;
    if (treatment.indispensable) this.lack ??= { path: this.pointer(), found: lackOf(shape, raw) };
    return treatment.indispensable ? NOTHING : treatment.neutral;
  }

  private fill(shape: Shape, treatment: Treatment, found: Lack['found']): unknown {
    if (treatment.indispensable) {
      this.lack ??= { path: this.pointer(), found };
      return NOTHING;
    }
    this.note('field-missing', undefined);
    return 'neutral' in treatment ? treatment.neutral : this.neutral(shape);
  }

  private neutral(shape: Shape): unknown {
    switch (shape.type) {
      case 'object':
        return this.read(shape, ANY, {});
      case 'array':
        return [];
      case 'boolean':
        return false;
      case 'string':
        return '';
      case undefined:
      default:
        return 0;
    }
  }

  /** The object that was meant, also where it is wrapped in a list or a text, or where a bare value stands for it. */
  private objectOf(shape: Shape, value: unknown): RawFields | undefined {
    // PHP and similar languages write an empty object as an empty list.
    if (this.path.length === 0 && Array.isArray(value) && value.length === 0) {
      this.note('list-length', value);
      return {};
    }
    const [only] = Array.isArray(value) && value.length === 1 ? value : [value];
    if (only !== value) this.note('object-for-array', value);
    if (isObject(only)) return only;
    const inside = inText(only, '{');
    const { bare: any, named } = this.leniency;
    const bare = any[shape.name ?? ''] ?? (typeof only === 'string' ? named[shape.name ?? ''] : undefined);
    if (!isObject(inside) && (bare === undefined || !textOf(only))) return undefined;
    this.note('other-shape', value);
    return isObject(inside) ? inside : { [bare as string]: only };
  }

  /**
   * Counts the fields of no specification. Returns those that differ from a field of the schema in letter case only, by its
   * name.
   */
  private sort(shape: Shape, raw: RawFields, moved: Moved | undefined): Map<string, string> | undefined {
    const { properties = {} } = shape;
    const { names } = outlineOf(shape);
    let misnamed: Map<string, string> | undefined;
    for (const key of Object.keys(raw)) {
      if (Object.hasOwn(properties, key) || moved?.from.includes(key)) continue;
      const name = names.size === 0 || key.length > MAX_NAME ? undefined : names.get(lettersOf(key));
      if (name !== undefined && !Object.hasOwn(raw, name) && !misnamed?.has(name)) {
        misnamed ??= new Map();
        misnamed.set(name, key);
        this.at(key, () => this.note('enum-letter-case', raw[key]));
      } else if (!shape.open) this.at(key, () => this.note('unknown-property', raw[key]));
    }
    return misnamed;
  }

  /** Fields of a vendor's own, of which the schema says nothing. */
  private openPart(shape: Shape, raw: RawFields): Record<string, unknown> {
    const own = Object.entries(raw).filter(([key]) => !Object.hasOwn(shape.properties ?? {}, key));
    const read = own.map(([key, value]) => [key, this.at(key, () => this.openField(value))] as const);
    return Object.fromEntries(read.filter(([, value]) => value !== NOTHING));
  }

  private openField(value: unknown): unknown {
    const read = this.asWritten(value);
    if (read === NOTHING) this.note('field-senseless', value);
    return read;
  }

  private asWritten(value: unknown): unknown {
    if (isNestedTooDeeply(value)) return NOTHING;
    return this.sources ? withoutSources(value) : value;
  }

  private at<T>(step: string | number, deed: () => T): T {
    this.path.push(step);
    try {
      return deed();
    } finally {
      this.path.pop();
    }
  }

  private note(rule: FieldRuleId, raw: unknown): void {
    const met = this.rules.get(rule) ?? 0;
    this.rules.set(rule, met + 1);
    if (met >= MAX_ODD_OF_A_RULE || this.odd.length >= MAX_ODD) return;
    this.odd.push({ rule, path: this.pointer(), raw: excerpt(this.path, raw) });
  }

  private pointer(): string {
    return this.path
      .map((step) => `/${String(step).slice(0, MAX_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
  }
}
