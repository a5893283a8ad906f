import type { Phase } from './phases.ts';

/** How fast a crowd of chargers comes: so many connections are begun a second. */
export const CROWD_PER_SECOND = 1000;

/** When the `index`th of all chargers is to connect, ms after the phase began. */
export function connectsAt(index: number): number {
  return (index * 1000) / CROWD_PER_SECOND;
}

/** How long after it lost its connection a charger comes back: spread as one crowd. @param share from 0 to 1 */
export function comesBackAfter(chargers: number, share: number): number {
  return share * ((chargers * 1000) / CROWD_PER_SECOND);
}

/** Mean time between two messages of one charger, ms; undefined in silence. */
export function meanGap({ perSecond }: Pick<Phase, 'perSecond'>, chargers: number): number | undefined {
  return perSecond > 0 ? (chargers * 1000) / perSecond : undefined;
}

/** From one message of a charger to its next, ms: half to one and a half of the mean. @param share from 0 to 1 */
export function gap(mean: number, share: number): number {
  return mean * (0.5 + share);
}

/** When the charger's transaction is to be ended, ms after the phase began: evenly, one charger after the other. */
export function endsAt({ seconds }: Pick<Phase, 'seconds'>, chargers: number, index: number): number {
  return (seconds * 1000 * index) / chargers;
}
