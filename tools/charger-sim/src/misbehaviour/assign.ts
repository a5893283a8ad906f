import { CATALOGUE, misbehavioursOf, speaks } from './catalogue.ts';
import type { Misbehaviour, Version } from './misbehaviour.ts';

/**
 * All misbehaviours of a version but those that are chosen by name only, each given to one of so many chargers, of a kind one at most to each; whoever has fewest gets the next. With
 * more chargers than misbehaviours the others behave. One that every charger has another of its kind of is left out. `next` gives numbers from 0 up to,
 * not including, 1.
 */
export function assignMisbehaviours(version: Version, chargers: number, next: () => number): Misbehaviour[][] {
  const assigned = Array.from({ length: chargers }, (): Misbehaviour[] => []);
  const all = CATALOGUE.filter((each) => !each.byNameOnly && speaks(each, version)).map((each) => ({
    each,
    order: next(),
  }));
  for (const { each } of all.toSorted((one, other) => one.order - other.order)) {
    const free = assigned.filter((has) => has.every(({ kind }) => kind !== each.kind));
    const fewest = Math.min(...free.map(({ length }) => length));
    free.find(({ length }) => length === fewest)?.push(each);
  }
  return assigned.map((has) => misbehavioursOf(has.map(({ name }) => name)));
}
