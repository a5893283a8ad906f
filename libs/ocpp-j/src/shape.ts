/** What a schema demands of a value, as data: `tools/codegen` writes one for every message. */
export interface Shape {
  /** Absent: anything goes. */
  readonly type?: string;
  /** Of an object: its definition, its message (`StopTransactionRequest`), or the field that it stands in. */
  readonly name?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Fields of no specification are allowed. */
  readonly open?: boolean;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  /** In code points. */
  readonly maxLength?: number;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What lenient makes of one field, where the kind of its value does not tell. */
export interface Treatment {
  /**
   * What it belongs to says nothing without it, or another thing: that goes too, and at the root the message is refused. One that is not
   * required may be absent, but not unreadable.
   */
  readonly indispensable?: true;
  /**
   * Stands for a required field that is not there, and for any that cannot be read; undefined: the field stays away. Without an
   * entry: of a required one an empty text or list, 0, false, or an object of such; any other stays away.
   */
  readonly neutral?: unknown;
  /** An identifier, or data that means nothing in part: never cut, never rounded. */
  readonly whole?: true;
  /** Read for a word that is in no specification; null: it cannot be read. Without an entry it is kept as told. */
  readonly otherwise?: string | null;
  /** The field that keeps the word for which `otherwise` was read, if it is free. */
  readonly beside?: string;
  /** Words of other versions, and what they are here. */
  readonly words?: Readonly<Record<string, string>>;
  /** A blank is not taken for absent, which would mean something else. */
  readonly blank?: 'kept';
  /** What is no number is kept as told. */
  readonly text?: 'kept';
  /** Of a list: an empty one says that there is nothing, which is not the same as saying nothing. */
  readonly empty?: 'kept';
  /** Of a list: one item that cannot be read spoils the others. */
  readonly inseparable?: true;
  /** Of a list: what is beyond the length of the schema is left out; else all of it is kept. */
  readonly beyond?: 'cut';
}

/** Fields that an object has under other names or in another place, as they are called here. */
export interface Moved {
  readonly fields: Readonly<Record<string, unknown>>;
  /** What they were made of: fields of no specification that are not lost. */
  readonly from: readonly string[];
}

export type RawFields = Readonly<Record<string, unknown>>;

/** The part of lenient reading that belongs to a version. */
export interface Leniency {
  /** By `Object.field`, or by `field` wherever it stands; objects are named as in {@link Shape.name}. */
  readonly fields: Readonly<Record<string, Treatment>>;
  /** The field that is meant where a bare text or number stands for the whole object. */
  readonly bare: Readonly<Record<string, string>>;
  /** The same, for a text alone: a number is no name. */
  readonly named: Readonly<Record<string, string>>;
  /** By object: shapes of other versions and places (notes 4.15). Undefined: it is as it should be. */
  readonly moves: Readonly<Record<string, (raw: RawFields) => Moved | undefined>>;
}
