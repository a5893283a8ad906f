export interface Reading {
  pid: number;
  /** Since it began, what it started included. */
  cpuSeconds: number;
  bytes: number;
}

export interface Sample {
  /** Unix milliseconds. */
  at: number;
  /** By the name of the process. */
  of: Readonly<Record<string, Reading>>;
}

/** What a process used between two moments. */
export interface Usage {
  cpuSeconds: number;
  /** At the end. */
  mib: number;
  /** MiB a minute, by least squares; null of too short a time to say, or of a process that was started again. */
  mibPerMinute: number | null;
}

const MIB = 1024 * 1024;
const SHORTEST_SLOPE_MS = 20_000;

/** By process, from the samples of [from, to]. CPU of a process that was started again counts from its new beginning. */
export function usageBetween(samples: readonly Sample[], from: number, to: number): Record<string, Usage> {
  const inside = samples.filter(({ at }) => at >= from && at <= to);
  const names = Object.keys(inside.at(-1)?.of ?? {});
  return Object.fromEntries(names.map((name) => [name, usageOf(inside, name)]));
}

function usageOf(samples: readonly Sample[], name: string): Usage {
  let cpuSeconds = 0;
  let before: Reading | undefined;
  for (const { of } of samples) {
    const now = of[name];
    if (!now) continue;
    if (before) cpuSeconds += now.pid === before.pid ? Math.max(0, now.cpuSeconds - before.cpuSeconds) : now.cpuSeconds;
    before = now;
  }
  const points = samples.flatMap(({ at, of }) =>
    of[name] ? [{ at, pid: of[name].pid, mib: of[name].bytes / MIB }] : [],
  );
  return {
    cpuSeconds,
    mib: (before?.bytes ?? 0) / MIB,
    mibPerMinute: points.some(({ pid }) => pid !== before?.pid) ? null : slope(points),
  };
}

function slope(points: readonly { at: number; mib: number }[]): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.at - first.at < SHORTEST_SLOPE_MS) return null;
  const minutes = points.map(({ at }) => (at - first.at) / 60_000);
  const meanX = minutes.reduce((sum, x) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { mib }) => sum + mib, 0) / points.length;
  const over = points.reduce((sum, { mib }, n) => sum + ((minutes[n] ?? 0) - meanX) * (mib - meanY), 0);
  const under = minutes.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  return over / under;
}
