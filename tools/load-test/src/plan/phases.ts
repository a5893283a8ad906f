import { rushOf, type Mix } from './mix.ts';

/** A day of a fleet, in the order in which it comes. */
export const PHASES = ['empty', 'boot', 'idle', 'steady', 'rush', 'commands', 'reconnect', 'kill-edge', 'end'] as const;
export type PhaseName = (typeof PHASES)[number];

export interface Phase {
  name: PhaseName;
  /** How long messages are planned for; what was planned is awaited after it. */
  seconds: number;
  /** Messages a second of the whole fleet; 0 is silence. */
  perSecond: number;
  mix: Mix;
  /** `connect`: every charger connects and boots. `cut`: every other one loses its connection. `kill`: one ws-edge is killed. `end`: transactions are ended. */
  event?: 'connect' | 'cut' | 'kill' | 'end';
  /** Commands come through REST in bursts of so many. */
  burst?: number;
}

export interface DayOptions {
  chargers: number;
  perSecond: number;
  /** Of each phase, where `secondsOf` names none. */
  seconds: number;
  secondsOf?: Partial<Record<PhaseName, number>>;
  phases: readonly PhaseName[];
  mix: Mix;
  killEdge: boolean;
}

/** Long enough for memory and CPU to be read several times. */
const SILENT_SECONDS = 15;
const RUSH = 2;
const BURST_SHARE = 0.02;
const SMALLEST_BURST = 10;
const LARGEST_BURST = 200;

/** The phases that are run. Chargers always connect, and always end their transactions: what was begun has to balance. */
export function planDay(options: DayOptions): Phase[] {
  const wanted = new Set<PhaseName>([
    ...options.phases,
    'boot',
    'end',
    ...(options.killEdge ? ['kill-edge' as const] : []),
  ]);
  return PHASES.filter((name) => wanted.has(name)).map((name) => phaseOf(name, options));
}

function phaseOf(name: PhaseName, { chargers, perSecond, seconds, secondsOf, mix }: DayOptions): Phase {
  const named = secondsOf?.[name];
  const loaded: Phase = { name, seconds: named ?? seconds, perSecond, mix };
  switch (name) {
    case 'empty':
    case 'idle':
      return { ...loaded, seconds: named ?? Math.min(seconds, SILENT_SECONDS), perSecond: 0 };
    case 'boot':
      // It ends when everybody is there.
      return { ...loaded, seconds: 0, perSecond: 0, event: 'connect' };
    case 'steady':
      return loaded;
    case 'rush':
      return { ...loaded, perSecond: perSecond * RUSH, mix: rushOf(mix) };
    case 'commands':
      return {
        ...loaded,
        burst: Math.min(LARGEST_BURST, Math.max(SMALLEST_BURST, Math.round(chargers * BURST_SHARE))),
      };
    case 'reconnect':
      return { ...loaded, event: 'cut' };
    case 'kill-edge':
      return { ...loaded, event: 'kill' };
    case 'end':
      // As long as one message of each charger takes at the pace.
      return { ...loaded, seconds: Math.max(1, chargers / perSecond), perSecond: 0, event: 'end' };
  }
}

/** Reads `60` or `60,steady=1800`. @throws RangeError that says what is wrong */
export function readSeconds(text: string): Pick<DayOptions, 'secondsOf'> & { seconds?: number } {
  const secondsOf: Partial<Record<PhaseName, number>> = {};
  let seconds: number | undefined;
  for (const part of text.split(',')) {
    const [first = '', second] = part.split('=');
    const value = Number(second ?? first);
    const name = PHASES.find((one) => one === first);
    if (!(value > 0 && value <= 86_400) || (second !== undefined && !name))
      throw new RangeError(`Use seconds, such as 60 or 60,steady=1800, of ${PHASES.join(', ')}.`);
    if (name && second !== undefined) secondsOf[name] = value;
    else seconds = value;
  }
  return { ...(seconds !== undefined && { seconds }), secondsOf };
}
