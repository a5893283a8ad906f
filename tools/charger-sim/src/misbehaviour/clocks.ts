import type { Misbehaviour } from './misbehaviour.ts';

const HOUR_MS = 3_600_000;

/** A clock that begins at `start` whenever the charger boots. */
const restartsAt =
  (start: string) =>
  (now: Date, bootedAt: Date): Date =>
    new Date(Date.parse(start) + now.getTime() - bootedAt.getTime());

const shifted =
  (hours: number) =>
  (now: Date): Date =>
    new Date(now.getTime() + hours * HOUR_MS);

const clock = (name: string, does: string, show: NonNullable<Misbehaviour['clock']>): Misbehaviour => ({
  name,
  kind: 'clock',
  does,
  clock: show,
});

export const clocks: readonly Misbehaviour[] = [
  clock('clock-2000', 'The clock restarts at 2000-01-01 with every boot.', restartsAt('2000-01-01T00:00:00Z')),
  clock('clock-1970', 'The clock restarts at 1970-01-01 with every boot.', restartsAt('1970-01-01T00:00:00Z')),
  clock('clock-ahead', 'The clock is two hours ahead.', shifted(2)),
  clock('clock-behind', 'The clock is five hours behind, as local time that is written as UTC.', shifted(-5)),
  clock('clock-stuck', 'The clock stands still at the moment of the boot.', (_, bootedAt) => bootedAt),
];
