/** A reading: milliseconds since 1970 by the charger's clock, and Wh. */
export type Reading = readonly [at: number, wh: number];

/** A reading that may be the transaction's first or last, with its mark: the higher, the better ({@link MARK}). */
export type MarkedReading = readonly [at: number, wh: number, mark: number];

/** The marks by which a reading is taken for the first or the last of its transaction. */
export const MARK = {
  start: {
    /** meterStart of 1.6. */
    field: 3,
    /** Context Transaction.Begin, in whatever message. */
    context: 2,
    /** It came with the start. */
    message: 1,
    /** No mark: the reading is only the earliest. */
    none: 0,
  },
  end: {
    /** meterStop of 1.6. */
    field: 4,
    /** Context Transaction.End in the end itself. */
    context: 3,
    /** It came with the end. */
    message: 2,
    /** Context Transaction.End in another message. */
    elsewhere: 1,
    /** No mark: the reading is only the latest. */
    none: 0,
  },
} as const;

/** The readings that one register of a transaction is judged by. */
export interface RegisterReadings {
  /** The best start, by mark and then by time. */
  start: MarkedReading;
  end: MarkedReading;
  /** The earliest, at most {@link EARLIEST}, in order of time. */
  first: readonly Reading[];
  /** The latest, at most {@link LATEST}, in order of time. */
  last: readonly Reading[];
  /** The highest, the earliest of equals. Rows of earlier builds have none. */
  highest?: Reading;
  /** The lowest, the earliest of equals. Rows of earlier builds have none. */
  lowest?: Reading;
}

/** The energy of single intervals, by the charger's own clock; each time once. */
export interface IntervalReadings {
  /** The earliest, at most {@link INTERVALS}, in order of time. Stored rows have this name in their JSON. */
  told: readonly Reading[];
  /** True when there were more, when one moment has two amounts, or when an interval has no time. */
  more: boolean;
}

/**
 * The readings of the energy import register that matter to the bill of one transaction. JSON; small, however many
 * messages it was read from (see {@link EARLIEST}, {@link LATEST}, {@link INTERVALS}).
 */
export interface RegisterBook {
  /**
   * When the transaction started and ended by the charger's own clock, milliseconds since 1970; absent when that message
   * has not come.
   */
  startedAt?: number;
  endedAt?: number;
  /** By {@link sourceOf}. */
  registers: Readonly<Record<string, RegisterReadings>>;
  /** By {@link sourceOf}, followed by " clock" for clock-aligned ones. They are kept only where no register was reported. */
  intervals: Readonly<Record<string, IntervalReadings>>;
  /** True when the charge point sent signed data whose number or unit cannot be known. */
  signed: boolean;
  /** Set when a reading that may count named no unit. */
  unitAssumed?: true;
}

/** What a book keeps of one source. Enough that one stray reading in a row is outvoted by its neighbours. */
export const EARLIEST = 3;
export const LATEST = 4;
/** Two days of quarter hours, or four hours of minutes. */
export const INTERVALS = 250;

export const EMPTY_BOOK: RegisterBook = { registers: {}, intervals: {}, signed: false };

/**
 * Where a register can be, in the order in which the bill prefers it: as near to the driver as can be. The inlet is the
 * charge point's own supply, with its losses and perhaps another EVSE's energy.
 */
const LOCATIONS = ['Outlet', 'Cable', 'EV', 'Inlet', 'Body'] as const;

/** How many locations of no specification a book keeps: the first ones by name. */
const OTHER_LOCATIONS = 4;
const OTHER = 'other ';
const LONGEST_NAME = 30;

/**
 * The name of a location in a book, in whatever letter case it was written. A name of no specification stays apart from all
 * others.
 */
export function locationOf(name: string): string {
  const known = LOCATIONS.find((each) => each.toLowerCase() === name.toLowerCase());
  return known ?? OTHER + name.slice(0, LONGEST_NAME).replaceAll(/[^\w.-]/g, '_');
}

/** The locations of a book's sources, in the order of preference. */
export function locationsIn(sources: Iterable<string>): string[] {
  const present = new Set([...sources].map(locationIn));
  const others = [...present].filter((each) => each.startsWith(OTHER)).toSorted();
  return [...LOCATIONS.filter((each) => present.has(each)), ...others.slice(0, OTHER_LOCATIONS)];
}

/** The location of a source. */
export function locationIn(source: string): string {
  return source.replace(/( L[123])?( clock)?$/, '');
}

export const PHASES = ['L1', 'L2', 'L3'] as const;
export type Phase = (typeof PHASES)[number];

/** "Outlet", or "Outlet L1" for one phase of it. */
export function sourceOf(location: string, phase?: Phase): string {
  return phase === undefined ? location : `${location} ${phase}`;
}
