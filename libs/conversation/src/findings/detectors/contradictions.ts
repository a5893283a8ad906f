import { contradictionBetween } from '@ocpp-gw/ocpp-j';
import type { Point } from './register-series.ts';

export interface Contradiction {
  before: Point;
  after: Point;
  fell: boolean;
}

/** The readings that cannot follow the one before. One that is far too high is passed over, as the bill does. */
export function* contradictionsIn(points: readonly Point[]): Generator<Contradiction> {
  let [before] = points;
  for (const after of points.slice(1)) {
    const reason = before && contradictionBetween(before.reading, after.reading);
    if (before && reason) yield { before, after, fell: reason === 'register_fell' };
    if (reason !== 'register_implausible') before = after;
  }
}
