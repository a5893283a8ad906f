import { constantCase, type Declared, type Enum, type Field, type Message } from './model.ts';

/**
 * What was published, so that it stays so: of each message its fields, `optional int32 = 3`, and of each enum its values. What
 * is no longer declared stays here, and its number and name stay reserved.
 */
export interface Lock {
  messages: Record<string, Record<string, string>>;
  enums: Record<string, Record<string, number>>;
}

interface NumberedField extends Field {
  number: number;
}

interface NumberedValue {
  name: string;
  number: number;
}

/** What was published and is no longer declared. */
export interface Reserved {
  names: string[];
  numbers: number[];
}

export type Numbered =
  | { kind: 'message'; name: string; fields: NumberedField[]; reserved: Reserved }
  | { kind: 'enum'; name: string; values: NumberedValue[]; reserved: Reserved };

const PUBLISHED = /^(?:(optional|repeated) )?([\w.]+) = (\d+)$/;

/**
 * Gives every field and value its number: the published one, else the next that was never used. Adds the new ones to the lock.
 * @throws Error where a published field would change on the wire.
 */
export function number(declared: readonly Declared[], lock: Lock): { numbered: Numbered[]; lock: Lock } {
  const messages = structuredClone(lock.messages);
  const enums = structuredClone(lock.enums);
  const numbered = declared.map((each) =>
    each.kind === 'message' ? numberMessage(each.message, messages) : numberEnum(each.enumeration, enums),
  );
  return { numbered, lock: { messages, enums } };
}

function numberMessage({ name, fields }: Message, messages: Lock['messages']): Numbered {
  const published = (messages[name] ??= {});
  const numbers = uniqueNumbers(
    name,
    Object.values(published).map((text) => parse(name, text).number),
  );
  const given = fields.map((field): NumberedField => {
    const text = published[field.name];
    if (text === undefined) {
      const number = next(numbers);
      published[field.name] = `${labelOf(field)}${field.type} = ${number}`;
      return { ...field, number };
    }
    const { label, type, number } = parse(name, text);
    if (type !== field.type || (label === 'repeated') !== field.repeated)
      throw new Error(
        `${name}.${field.name} was published as "${text}" and is declared as ${labelOf(field)}${field.type}: give it another name`,
      );
    return { ...field, optional: label === 'optional', number };
  });
  const gone = Object.entries(published).filter(([each]) => !fields.some((field) => field.name === each));
  return {
    kind: 'message',
    name,
    fields: given.sort((one, other) => one.number - other.number),
    reserved: { names: gone.map(([each]) => each), numbers: gone.map(([, text]) => parse(name, text).number) },
  };
}

function numberEnum({ name, values }: Enum, enums: Lock['enums']): Numbered {
  const prefix = `${constantCase(name)}_`;
  const published = (enums[name] ??= { [`${prefix}UNSPECIFIED`]: 0 });
  const numbers = uniqueNumbers(name, Object.values(published));
  const byLetters = new Map(Object.keys(published).map((each) => [letters(each), each]));
  const kept = new Set([`${prefix}UNSPECIFIED`]);
  for (const value of values) {
    const constant = byLetters.get(letters(`${name}${value}`)) ?? prefix + constantCase(value);
    published[constant] ??= next(numbers);
    kept.add(constant);
  }
  const all = Object.entries(published);
  const gone = all.filter(([each]) => !kept.has(each));
  return {
    kind: 'enum',
    name,
    values: all
      .filter(([each]) => kept.has(each))
      .map(([each, number]) => ({ name: each, number }))
      .sort((one, other) => one.number - other.number),
    reserved: { names: gone.map(([each]) => each), numbers: gone.map(([, number]) => number) },
  };
}

function parse(message: string, text: string): { label: string | undefined; type: string; number: number } {
  const [, label, type, digits] = PUBLISHED.exec(text) ?? [];
  if (type === undefined) throw new Error(`the lock of ${message} has "${text}", which is no field`);
  return { label, type, number: Number(digits) };
}

export function labelOf({ repeated, optional }: Field): string {
  if (repeated) return 'repeated ';
  return optional ? 'optional ' : '';
}

function uniqueNumbers(name: string, numbers: readonly number[]): Set<number> {
  const unique = new Set(numbers);
  if (unique.size < numbers.length) throw new Error(`the lock of ${name} gives a number twice`);
  return unique;
}

function next(numbers: Set<number>): number {
  const number = Math.max(0, ...numbers) + 1;
  numbers.add(number);
  return number;
}

/** Whatever the case and the underscores: the same letters are the same value. */
function letters(name: string): string {
  return name.replaceAll('_', '').toUpperCase();
}
