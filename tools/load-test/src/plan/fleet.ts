export type Version = '1.6' | '2.0.1';

export interface FleetOptions {
  chargers: number;
  versions: readonly Version[];
  /** How many source addresses the chargers share: 127.0.0.2 and on; 0 leaves the choice to the system. */
  sources: number;
  /** ws://host:port of every ws-edge. */
  urls: readonly string[];
  /** Begins every identity. */
  prefix: string;
}

export interface ChargerSpec {
  /** Of all chargers. */
  index: number;
  identity: string;
  version: Version;
  /** Where it connects, first of all. */
  urls: readonly string[];
  source: string | undefined;
}

export interface Range {
  from: number;
  to: number;
}

const WIDTH = 6;
/** The last number of an address, and none of 0 and 255. */
const ADDRESSES_OF_A_NET = 254;

export function identityOf(prefix: string, index: number): string {
  return `${prefix}${String(index + 1).padStart(WIDTH, '0')}`;
}

/** Versions take turns, and so do ws-edges, among the chargers of each version. */
export function specOf(index: number, { versions, sources, urls, prefix }: FleetOptions): ChargerSpec {
  const first = Math.floor(index / versions.length) % urls.length;
  return {
    index,
    identity: identityOf(prefix, index),
    version: versions[index % versions.length] ?? '1.6',
    urls: [...urls.slice(first), ...urls.slice(0, first)],
    source: sources > 0 ? sourceOf(index % sources) : undefined,
  };
}

function sourceOf(number: number): string {
  const place = number + 1;
  return `127.0.${Math.floor(place / ADDRESSES_OF_A_NET)}.${1 + (place % ADDRESSES_OF_A_NET)}`;
}

/** Which chargers each process has: neighbours, as many each as can be. */
export function share(chargers: number, processes: number): Range[] {
  return Array.from({ length: processes }, (_, n) => ({
    from: Math.floor((chargers * n) / processes),
    to: Math.floor((chargers * (n + 1)) / processes),
  }));
}

/** A process may open 20,000 files on a common machine, and one core writes for so many chargers at most. */
const CHARGERS_OF_A_PROCESS = 9_000;

export function processesFor(chargers: number): number {
  return Math.ceil(chargers / CHARGERS_OF_A_PROCESS);
}

/** So many have ports enough without an address of their own: about 28,000 towards each ws-edge. */
const CHARGERS_WITHOUT_SOURCES = 20_000;
/** An address that is named takes ports of its own; the kernel looks for a free one the longer, the more are taken or were just now. */
const CHARGERS_OF_A_SOURCE = 2_000;

export function sourcesFor(chargers: number): number {
  return chargers <= CHARGERS_WITHOUT_SOURCES ? 0 : Math.ceil(chargers / CHARGERS_OF_A_SOURCE);
}
