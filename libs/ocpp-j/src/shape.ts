/** What a schema demands of a value, as data: `tools/codegen` writes one for every message. */
export interface Shape {
  /** Absent when any value is allowed. */
  readonly type?: string;
  /** The name of an object: its definition, its message (`StopTransactionRequest`), or the field that holds it. */
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

/** How lenient mode treats one field, where the kind of its value is not enough to decide. */
export interface Treatment {
  /**
   * Its object means nothing without it, or something else: the object is left out, too, and at the root the message is
   * refused. One that is not required may be absent, but not unreadable.
   */
  readonly indispensable?: true;
  /**
   * The value for a required field that is absent, and for any field that cannot be read; undefined leaves the field out.
   * Without an entry: a required field becomes an empty text or list, 0, false, or an object of such; any other field is
   * left out.
   */
  readonly neutral?: unknown;
  /** An identifier, or data that means nothing in part: never cut, never rounded. */
  readonly whole?: true;
  /**
   * The value for a word of no specification; null means that it cannot be read. Without an entry the word is kept as
   * received.
   */
  readonly otherwise?: string | null;
  /** The field that keeps the word for which `otherwise` was read, if it is free. */
  readonly beside?: string;
  /** Words of other versions, and what they are here. */
  readonly words?: Readonly<Record<string, string>>;
  /** A blank text is not read as absent, because that would mean something else. */
  readonly blank?: 'kept';
  /** A value that is no number is kept as received. */
  readonly text?: 'kept';
  /** For a list: an empty list means that there is nothing, which differs from an absent list. */
  readonly empty?: 'kept';
  /** For a list: if one item cannot be read, the whole list cannot be read. */
  readonly inseparable?: true;
  /** For a list: items beyond the length in the schema are left out; otherwise all are kept. */
  readonly beyond?: 'cut';
}

/** Fields that an object has under other names or in another place, as they are called here. */
export interface Moved {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The fields from which they were made; these are no unknown fields then. */
  readonly from: readonly string[];
}

export type RawFields = Readonly<Record<string, unknown>>;

/** The part of lenient reading that belongs to a version. */
export interface Leniency {
  /** By `Object.field`, or by `field` wherever it stands; objects are named as in {@link Shape.name}. */
  readonly fields: Readonly<Record<string, Treatment>>;
  /** The field that is meant where a bare text or number stands for the whole object. */
  readonly bare: Readonly<Record<string, string>>;
  /** The same for a bare text only, because a number is no name. */
  readonly named: Readonly<Record<string, string>>;
  /** By object: shapes of other versions and places (notes 4.15). Undefined when nothing has to be moved. */
  readonly moves: Readonly<Record<string, (raw: RawFields) => Moved | undefined>>;
}
