import { isNestedTooDeeply } from './depth.ts';
import { textOf, withoutSources } from './exact-json.ts';
import { excerpt } from './excerpt.ts';
import type { FieldRuleId } from './field-rules.ts';
import { inText, isObject, lackOf, outlineOf, sourceOf, unwrapped, type Lack } from './mend-object.ts';
import { NOTHING, lettersOf, mendValue } from './mend-value.ts';
import { has } from './moved-readings.ts';
import type { Leniency, Moved, Shape, Told, Treatment } from './shape.ts';

/** A value as it was told, of which something else was made. */
export interface OddValue {
  rule: FieldRuleId;
  /** JSON pointer. */
  path: string;
  /** The first 200 characters; only the kind of it where it may be private. */
  told: string;
}

export interface Mended {
  /** Of no meaning where there is a `lack`. */
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
 * with them. What comes out has the shape of the schema but for words and times kept as told, texts kept whole and lists
 * beyond their length. Leaves the payload alone. `sources`: there are {@link ToldNumber}s in it. Throws only then, where the
 * nesting of what no schema describes exceeds the stack.
 */
export function mend(shape: Shape, leniency: Leniency, payload: unknown, sources = false): Mended {
  const reader = new Reader(leniency, sources);
  const read = reader.read(shape, ANY, payload);
  const { rules, odd } = reader;
  const lack = reader.lack ?? { path: '', told: 'no such type' };
  const isObject = read !== NOTHING && read !== undefined;
  return { payload: read, lack: isObject ? undefined : lack, rules: [...rules.keys()], odd };
}

class Reader {
  /** How often each was met. */
  readonly rules = new Map<FieldRuleId, number>();
  readonly odd: OddValue[] = [];
  lack: Lack | undefined;
  /** A word that another was read for, and the field that is to keep it. */
  private replaced: { beside: string; word: unknown } | undefined;
  private readonly leniency: Leniency;
  private readonly sources: boolean;
  private readonly path: (string | number)[] = [];

  constructor(leniency: Leniency, sources: boolean) {
    this.leniency = leniency;
    this.sources = sources;
  }

  read(shape: Shape, treatment: Treatment, told: unknown): unknown {
    if (told === null) return shape.type === undefined ? null : undefined;
    switch (shape.type) {
      case undefined:
        return this.asTold(told);
      case 'object':
        return this.readObject(shape, told);
      case 'array':
        return this.readList(shape, treatment, told);
      default:
        return this.readValue(shape, treatment, told);
    }
  }

  private readValue(shape: Shape, treatment: Treatment, told: unknown): unknown {
    const [only] = Array.isArray(told) && told.length === 1 ? told : [told];
    if (only !== told) this.note('object-for-array', told);
    return mendValue(shape, treatment, only, (rule) => this.note(rule, only));
  }

  private readList(shape: Shape, treatment: Treatment, told: unknown): unknown {
    const items = shape.items ?? {};
    const outer = Array.isArray(told) ? told : inText(told, '[');
    const list = unwrapped(outer, items);
    if (!Array.isArray(list)) {
      const only = this.read(items, treatment, told);
      if (only === NOTHING || only === undefined) return NOTHING;
      this.note('object-for-array', told);
      return [only];
    }
    if (outer !== told) this.note('other-shape', told);
    if (list !== outer) this.note('object-for-array', told);
    const read: unknown[] = [];
    for (const [index, item] of list.entries()) {
      const mended = this.at(index, () => this.read(items, treatment, item));
      if (mended !== NOTHING && mended !== undefined) read.push(mended);
      else if (treatment.inseparable) return NOTHING;
      else this.at(index, () => this.note('list-item-odd', item));
    }
    // Of all that it told nothing can be read.
    if (read.length === 0 && list.length > 0) return NOTHING;
    const { maxItems = Infinity } = shape;
    if (read.length <= maxItems) return read;
    this.note('list-length', list);
    return treatment.beyond === 'cut' ? read.slice(0, maxItems) : read;
  }

  private readObject(shape: Shape, value: unknown): unknown {
    const told = this.objectOf(shape, value);
    if (told === undefined) return NOTHING;
    const moved = this.leniency.moves[shape.name ?? '']?.(told);
    if (moved) this.note('other-shape', told);
    const misnamed = this.sort(shape, told, moved);
    const read: Record<string, unknown> = shape.open ? this.openPart(shape, told) : {};
    for (const [name, field] of outlineOf(shape).fields) {
      const from = sourceOf(name, told, moved, misnamed);
      const mended = this.at(name, () => this.readField(shape, name, field, from));
      if (mended === NOTHING) return NOTHING;
      if (mended !== undefined) read[name] = mended;
      if (this.replaced === undefined) continue;
      const { beside, word } = this.replaced;
      this.replaced = undefined;
      if (!has(told, beside)) read[beside] = this.readField(shape, beside, shape.properties?.[beside] ?? {}, word);
    }
    return read;
  }

  /** Undefined: it is not there; {@link NOTHING}: what it belongs to says nothing without it. */
  private readField(owner: Shape, name: string, shape: Shape, told: unknown): unknown {
    const required = owner.required?.includes(name) ?? false;
    if (told === undefined && !required) return undefined;
    const treatment = treatmentOf(this.leniency, owner.name ?? '', name);
    this.lack = undefined;
    if (told === undefined) return this.fill(shape, treatment, 'nothing');
    const mended = this.read(shape, treatment, told);
    const empty = Array.isArray(mended) && mended.length < (shape.minItems ?? 0);
    if (
      treatment.beside !== undefined &&
      mended === treatment.otherwise &&
      lettersOf(textOf(told) ?? '') !== lettersOf(treatment.otherwise ?? '')
    )
      this.replaced = { beside: treatment.beside, word: told };
    if (mended !== NOTHING && mended !== undefined && !empty) return mended;
    this.note(empty ? 'list-length' : mended === undefined ? 'null-for-absent' : 'field-senseless', told);
    if (empty && required && (!treatment.indispensable || treatment.empty)) return mended;
    if (required) return this.fill(shape, treatment, mended === undefined ? 'nothing' : lackOf(shape, told));
    if (mended !== NOTHING) return undefined;
    if (treatment.indispensable) this.lack ??= { path: this.pointer(), told: lackOf(shape, told) };
    return treatment.indispensable ? NOTHING : treatment.neutral;
  }

  private fill(shape: Shape, treatment: Treatment, told: Lack['told']): unknown {
    if (treatment.indispensable) {
      this.lack ??= { path: this.pointer(), told };
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

  /** The object that was meant, whatever it is wrapped in or stands for it. */
  private objectOf(shape: Shape, value: unknown): Told | undefined {
    // PHP and its like write a message without fields so.
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

  /** Counts the fields of no specification; by name, those that are but for the letter case of theirs. */
  private sort(shape: Shape, told: Told, moved: Moved | undefined): Map<string, string> | undefined {
    const { properties = {} } = shape;
    const { names } = outlineOf(shape);
    let misnamed: Map<string, string> | undefined;
    for (const key of Object.keys(told)) {
      if (Object.hasOwn(properties, key) || moved?.from.includes(key)) continue;
      const name = names.size === 0 || key.length > MAX_NAME ? undefined : names.get(lettersOf(key));
      if (name !== undefined && !Object.hasOwn(told, name) && !misnamed?.has(name)) {
        misnamed ??= new Map();
        misnamed.set(name, key);
        this.at(key, () => this.note('enum-letter-case', told[key]));
      } else if (!shape.open) this.at(key, () => this.note('unknown-property', told[key]));
    }
    return misnamed;
  }

  /** Fields of a vendor's own, of which the schema says nothing. */
  private openPart(shape: Shape, told: Told): Record<string, unknown> {
    const own = Object.entries(told).filter(([key]) => !Object.hasOwn(shape.properties ?? {}, key));
    const read = own.map(([key, value]) => [key, this.at(key, () => this.openField(value))] as const);
    return Object.fromEntries(read.filter(([, value]) => value !== NOTHING));
  }

  private openField(value: unknown): unknown {
    const read = this.asTold(value);
    if (read === NOTHING) this.note('field-senseless', value);
    return read;
  }

  private asTold(value: unknown): unknown {
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

  private note(rule: FieldRuleId, told: unknown): void {
    const met = this.rules.get(rule) ?? 0;
    this.rules.set(rule, met + 1);
    if (met >= MAX_ODD_OF_A_RULE || this.odd.length >= MAX_ODD) return;
    this.odd.push({ rule, path: this.pointer(), told: excerpt(this.path, told) });
  }

  private pointer(): string {
    return this.path
      .map((step) => `/${String(step).slice(0, MAX_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
  }
}
