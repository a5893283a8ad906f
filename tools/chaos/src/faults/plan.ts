import { Random } from '../random.ts';

const DRAIN = /-drain$/;

/** What is hit, by kill -9 where it is a process; -drain: by SIGTERM, as in a rolling deployment. */
export const TARGETS = [
  'envoy',
  'edge-a',
  'edge-b',
  'edge-a-drain',
  'edge-b-drain',
  'api-a',
  'api-b',
  'ingestor',
  'dispatcher',
  'postgres',
  'redis',
  'kafka',
  'clickhouse',
  'backend',
  'chargers',
] as const;

export type Target = (typeof TARGETS)[number];

/** Who is away meanwhile: a process is not killed while it drains. */
export function placeOf(target: Target): string {
  return target.replace(DRAIN, '');
}

export interface Fault {
  /** After the beginning. */
  atMs: number;
  target: Target;
  /** How long it stays away; then it is started again. */
  downMs: number;
}

export interface PlanOptions {
  seed: number;
  durationMs: number;
  targets?: readonly Target[];
}

const QUIET_MS = 4_000;

/** Faults at random moments: every target once before any comes again. They may overlap. */
export function planFaults({ seed, durationMs, targets = TARGETS }: PlanOptions): Fault[] {
  const random = new Random(seed);
  const faults: Fault[] = [];
  let bag: Target[] = [];
  for (let atMs = QUIET_MS; atMs < durationMs - QUIET_MS; atMs += random.between(2_500, 7_000)) {
    if (bag.length === 0) bag = random.shuffled(targets);
    const target = bag.shift();
    if (target) faults.push({ atMs: Math.round(atMs), target, downMs: Math.round(random.between(300, 6_000)) });
  }
  return faults;
}
